package org.patchbay.connectivity.mapping.mappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.patchbay.connectivity.mapping.MapperFixtures.mapper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

class ImplicitThingCreationMapperTest {

    private static PayloadMapper of(String options) {
        return mapper("ImplicitThingCreation", (ObjectNode) Json.parse(options));
    }

    private static ExternalMessage from(String device) {
        Headers headers = Headers.of(Map.of("device_id", device));
        return new ExternalMessage(headers, "x", ByteBuffer.allocate(0), "nginx:ditto");
    }

    @Test
    void makes_a_command_that_creates_the_thing_unless_it_is_there() {
        PayloadMapper mapper =
                of(
                        """
                        {"thing": {"thingId": "{{ header:device_id }}", "attributes": {"n": [1, "{{ header:device_id | fn:upper() }}"]},
                         "_policy": {"entries": {"E": {"subjects": {"{{ request:subjectId }}": {"type": "t"}}}}}}}
                        """);

        Signal command = mapper.inbound(from("org.example:d")).getFirst();

        assertThat(command.topic()).hasToString("org.example/d/things/twin/commands/create");
        assertThat(command.value())
                .hasToString(
                        "{\"thingId\":\"org.example:d\",\"attributes\":{\"n\":[1,\"ORG.EXAMPLE:D\"]},"
                                + "\"_policy\":{\"entries\":{\"E\":{\"subjects\":{\"nginx:ditto\":{\"type\":\"t\"}}}}}}");
        assertThat(command.headers().asMap())
                .containsEntry("if-none-match", "*")
                .containsEntry("response-required", "false")
                .containsEntry("allow-policy-lockout", "true");
    }

    @Test
    void command_headers_take_the_place_of_the_usual_ones() {
        PayloadMapper mapper =
                of(
                        """
                        {"thing": {"thingId": "{{ header:device_id }}"}, "allowPolicyLockout": false,
                         "commandHeaders": {"correlation-id": "{{ header:device_id }}-1", "response-required": true}}
                        """);

        Headers headers = mapper.inbound(from("a.b:c")).getFirst().headers();

        assertThat(headers.correlationId()).isEqualTo("a.b:c-1");
        assertThat(headers.has("if-none-match")).isFalse();
        assertThat(headers.get("response-required")).isEqualTo("false");
        assertThat(headers.get("allow-policy-lockout")).isEqualTo("false");
    }

    @Test
    void an_error_about_the_rest_names_the_thing() {
        PayloadMapper mapper =
                of(
                        """
                        {"thing": {"thingId": "{{ header:device_id }}", "_copyPolicyFrom": "{{ ref:things/a:b/policyId }}"}}
                        """);

        assertThatThrownBy(() -> mapper.inbound(from("a.b:c")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().code()).isEqualTo("placeholder:unresolved");
                            assertThat(e.headers().get("ditto-entity-id")).isEqualTo("thing:a.b:c");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"thing\": \"x\"}",
                "{\"thing\": {}}",
                "{\"thing\": {\"thingId\": 5}}",
                "{\"thing\": {\"thingId\": \"no id\"}}"
            })
    void options_without_a_thing_are_refused(String options) {
        assertThatThrownBy(() -> of(options))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().code())
                                        .isEqualTo(
                                                "connectivity:connection.configuration.invalid"));
    }
}
