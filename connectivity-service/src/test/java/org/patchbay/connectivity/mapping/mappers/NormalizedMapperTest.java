package org.patchbay.connectivity.mapping.mappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.mapping.MapperFixtures.event;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;
import static org.patchbay.connectivity.mapping.MapperFixtures.text;

import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.mapping.MapperFixtures;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class NormalizedMapperTest {

    private static final String TIMES = "\"_modified\":\"2026-03-05T10:11:12Z\",\"_revision\":7,";

    private final PayloadMapper mapper = MapperFixtures.mapper("Normalized", options());

    private static String only(PayloadMapper mapper, Signal signal) {
        return text(mapper.outbound(signal).getFirst());
    }

    @Test
    void shows_what_a_modification_changed() {
        Signal event = event("modified", "/features/f/properties/a", "{\"b\":null}");

        assertThat(only(mapper, event))
                .isEqualTo(
                        "{\"thingId\":\"org.example:dev\","
                                + "\"features\":{\"f\":{\"properties\":{\"a\":{\"b\":null}}}},"
                                + TIMES
                                + "\"_context\":{"
                                + "\"topic\":\"org.example/dev/things/twin/events/modified\","
                                + "\"path\":\"/features/f/properties/a\","
                                + "\"value\":{\"b\":null},"
                                + "\"headers\":{\"correlation-id\":\"c-1\","
                                + "\"response-required\":\"false\","
                                + "\"content-type\":\"application/json\"}}}");
    }

    @Test
    void leaves_out_what_a_merge_deleted() {
        Signal event = event("merged", "/", "{\"attributes\":{\"x\":1,\"y\":null}}");

        assertThat(only(mapper, event))
                .startsWith("{\"thingId\":\"org.example:dev\",\"attributes\":{\"x\":1}," + TIMES)
                .contains("\"value\":{\"attributes\":{\"x\":1}}");
    }

    @Test
    void shows_the_deletion_of_a_thing() {
        assertThat(only(mapper, event("deleted", "/", null)))
                .startsWith(
                        "{\"thingId\":\"org.example:dev\","
                                + TIMES
                                + "\"_deleted\":\"2026-03-05T10:11:12Z\",\"_context\":{")
                .contains("\"value\":null");
    }

    @Test
    void shows_extra_fields_under_what_changed() {
        Signal event =
                event("modified", "/attributes/x", "5")
                        .withExtra(Json.parse("{\"attributes\":{\"name\":\"n\",\"x\":4}}"));

        assertThat(only(mapper, event))
                .startsWith(
                        "{\"thingId\":\"org.example:dev\",\"attributes\":{\"name\":\"n\",\"x\":5},");
    }

    @Test
    void shows_only_the_fields_that_are_wanted() {
        PayloadMapper some =
                MapperFixtures.mapper(
                        "Normalized",
                        options("fields", "thingId,_context(topic,headers/correlation-id)"));

        assertThat(only(some, event("modified", "/attributes/x", "5")))
                .isEqualTo(
                        "{\"thingId\":\"org.example:dev\",\"_context\":{"
                                + "\"topic\":\"org.example/dev/things/twin/events/modified\","
                                + "\"headers\":{\"correlation-id\":\"c-1\"}}}");
    }

    @Test
    void shows_deleted_fields_where_they_are_wanted() {
        PayloadMapper some =
                MapperFixtures.mapper(
                        "Normalized",
                        options("includeDeletedFields", "true", "fields", "_deletedFields"));

        assertThat(only(some, event("deleted", "/attributes/name", null)))
                .isEqualTo(
                        "{\"_deletedFields\":{\"attributes\":{\"name\":\"2026-03-05T10:11:12Z\"}}}");
        assertThat(only(some, event("merged", "/", "{\"attributes\":{\"x\":null},\"y\":1}")))
                .isEqualTo(
                        "{\"_deletedFields\":{\"attributes\":{\"x\":\"2026-03-05T10:11:12Z\"}}}");
        assertThat(only(some, event("modified", "/attributes/name", "1"))).isEqualTo("{}");
    }

    @Test
    void drops_whatever_is_no_change_of_a_twin() {
        Signal message =
                Signal.command(
                        TopicPath.parse("org.example/dev/things/live/messages/hi"),
                        JsonPointer.parse("/inbox/messages/hi"),
                        Headers.EMPTY,
                        Json.parse("1"));

        assertThat(mapper.outbound(message)).isEmpty();
        assertThat(mapper.outbound(event("deleted", "/attributes/name", null))).isEmpty();
        assertThat(mapper.inbound(MapperFixtures.message("{}"))).isEmpty();
    }
}
