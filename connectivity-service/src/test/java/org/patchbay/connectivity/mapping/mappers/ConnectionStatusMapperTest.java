package org.patchbay.connectivity.mapping.mappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.patchbay.connectivity.mapping.MapperFixtures.mapper;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.mapping.MapperFixtures;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;

class ConnectionStatusMapperTest {

    private static final String CREATED = "1571214120000";

    private final PayloadMapper mapper =
            mapper("ConnectionStatus", options("thingId", "{{ header:device_id }}"));

    private static List<Signal> map(PayloadMapper mapper, Map<String, String> headers) {
        return mapper.inbound(message(new byte[0], headers));
    }

    private static Map<String, String> headers(String ttd, String created) {
        return Map.of("device_id", "org.example:dev", "ttd", ttd, "creation-time", created);
    }

    @ParameterizedTest
    @CsvSource({"300,2019-10-16T08:27:00Z", "-1,9999-12-31T23:59:59Z"})
    void a_device_is_ready_from_the_message_on_until_it_leaves(String ttd, String until) {
        Signal command = map(mapper, headers(ttd, CREATED)).getFirst();

        assertThat(command.topic()).hasToString("org.example/dev/things/twin/commands/modify");
        assertThat(command.path()).hasToString("/features/ConnectionStatus");
        assertThat(command.value())
                .hasToString(
                        "{\"definition\":[\"org.eclipse.ditto:ConnectionStatus:1.0.0\"],"
                                + "\"properties\":{\"status\":"
                                + "{\"readySince\":\"2019-10-16T08:22:00Z\",\"readyUntil\":\""
                                + until
                                + "\"}}}");
        assertThat(command.headers().responseRequired(true)).isFalse();
    }

    @Test
    void the_feature_may_stand_in_a_header() {
        PayloadMapper own =
                mapper(
                        "ConnectionStatus",
                        options("thingId", "a.b:c", "featureId", "{{ header:feature_id }}"));
        Map<String, String> headers =
                Map.of("feature_id", "reach", "ttd", "0", "creation-time", CREATED);

        assertThat(map(own, headers).getFirst().path())
                .hasToString("/features/reach/properties/status/readyUntil");
        assertThat(map(own, Map.of("ttd", "0", "creation-time", CREATED))).isEmpty();
    }

    @Test
    void a_device_that_leaves_at_once_keeps_since_when_it_was_there() {
        Signal command = map(mapper, headers("0", CREATED)).getFirst();

        assertThat(Envelope.write(command))
                .hasToString(
                        "{\"topic\":\"org.example/dev/things/twin/commands/modify\","
                                + "\"headers\":{\"response-required\":false},"
                                + "\"path\":\"/features/ConnectionStatus/properties/status/readyUntil\","
                                + "\"value\":\"2019-10-16T08:22:00Z\"}");
    }

    @ParameterizedTest
    @CsvSource({"-2," + CREATED, "x," + CREATED, "20,-5", "20,soon", "'',''"})
    void what_is_no_time_is_no_news(String ttd, String created) {
        assertThat(map(mapper, headers(ttd, created))).isEmpty();
    }

    @Test
    void who_is_meant_has_to_be_known() {
        assertThat(map(mapper, Map.of("ttd", "1", "creation-time", CREATED))).isEmpty();
    }

    @Test
    void times_beyond_the_calendar_are_an_error() {
        assertThatThrownBy(() -> map(mapper, headers("9223372036854775807", CREATED)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void the_feature_may_have_another_name() {
        PayloadMapper named =
                mapper(
                        "ConnectionStatus",
                        options("thingId", "org.example:dev", "featureId", "conn"));

        assertThat(map(named, headers("5", CREATED)).getFirst().path())
                .hasToString("/features/conn");
    }

    @Test
    void nothing_leaves() {
        assertThat(mapper.outbound(MapperFixtures.event("modified", "/attributes/x", "1")))
                .isEmpty();
    }

    @Test
    void options_that_name_no_thing_are_refused() {
        assertThatThrownBy(() -> mapper("ConnectionStatus", options()))
                .hasMessageContaining("thingId");
        assertThatThrownBy(() -> mapper("ConnectionStatus", options("thingId", "no id")))
                .hasMessageContaining("no id");
    }
}
