package org.patchbay.connectivity.mapping.mappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.patchbay.connectivity.mapping.MapperFixtures.event;
import static org.patchbay.connectivity.mapping.MapperFixtures.mapper;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.mapping.MapperFixtures;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.json.Json;

class CloudEventsMapperTest {

    private static final String COMMAND =
            "{\"topic\":\"a.b/c/things/twin/commands/modify\",\"path\":\"/attributes/x\",\"value\":1}";
    private static final String ATTRIBUTES =
            "\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\"";

    private final PayloadMapper mapper = mapper("CloudEvents", options());

    private static ExternalMessage of(String contentType, String payload) {
        return message(
                payload.getBytes(StandardCharsets.UTF_8), Map.of("content-type", contentType));
    }

    private static ExternalMessage structured(String data) {
        return of("application/cloudevents+json", "{" + ATTRIBUTES + data + "}");
    }

    @Test
    void a_structured_event_holds_the_signal_as_data() {
        assertThat(mapper.inbound(structured(",\"data\":" + COMMAND)).getFirst().value())
                .hasToString("1");
        String base64 =
                Base64.getEncoder().encodeToString(COMMAND.getBytes(StandardCharsets.UTF_8));
        assertThat(
                        mapper.inbound(structured(",\"data_base64\":\"" + base64 + "\""))
                                .getFirst()
                                .value())
                .hasToString("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce-", "ce_", "cloudEvents:"})
    void a_binary_event_has_its_attributes_in_headers(String prefix) {
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/vnd.eclipse.ditto+json");
        for (String name : new String[] {"specversion", "id", "source", "type"}) {
            headers.put(prefix + name, "x");
        }

        assertThat(mapper.inbound(message(COMMAND.getBytes(StandardCharsets.UTF_8), headers)))
                .hasSize(1);
    }

    @Test
    void what_lacks_something_says_what() {
        assertThatThrownBy(() -> mapper.inbound(of("application/vnd.eclipse.ditto+json", COMMAND)))
                .hasMessageContaining("CloudEvents");
        assertThatThrownBy(() -> mapper.inbound(of("application/cloudevents+json", "{}")))
                .hasMessageContaining("CloudEvents");
        assertThatThrownBy(() -> mapper.inbound(structured("")))
                .hasMessageContaining("CloudEvents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/cloudevents+json; charset=UTF-8"})
    void other_content_types_are_dropped(String contentType) {
        assertThat(mapper.inbound(of(contentType, COMMAND))).isEmpty();
    }

    @Test
    void what_leaves_is_structured() {
        ExternalMessage message =
                mapper.outbound(event("modified", "/attributes/x", "5")).getFirst();

        assertThat(message.contentType()).isEqualTo("application/cloudevents+json");
        JsonNode sent = Json.parse(MapperFixtures.text(message));
        assertThat(sent.path("id").asText()).isEqualTo("c-1");
        assertThat(sent.path("type").asText())
                .isEqualTo("org.eclipse.ditto.outbound:things/twin/events/modified");
        assertThat(sent.path("subject").asText()).isEqualTo("org.example:dev");
        assertThat(sent.path("time").asText()).isEqualTo("2026-03-05T10:11:12Z");
        assertThat(sent.path("data").path("value")).hasToString("5");
    }
}
