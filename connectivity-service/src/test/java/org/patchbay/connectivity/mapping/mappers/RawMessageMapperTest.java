package org.patchbay.connectivity.mapping.mappers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.patchbay.connectivity.mapping.MapperFixtures.event;
import static org.patchbay.connectivity.mapping.MapperFixtures.mapper;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;

class RawMessageMapperTest {

    private final PayloadMapper mapper = mapper("RawMessage", options());

    private static Map<String, String> headers(String... more) {
        Map<String, String> headers = new HashMap<>();
        headers.put("ditto-message-thing-id", "a.b:c");
        headers.put("ditto-message-subject", "heatUp");
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }

    @Test
    void bytes_are_the_value_of_a_message_as_base64() {
        Signal signal = mapper.inbound(message(new byte[] {1, 2, 3}, headers())).getFirst();

        assertThat(signal.topic()).hasToString("a.b/c/things/live/messages/heatUp");
        assertThat(signal.path()).hasToString("/inbox/messages/heatUp");
        assertThat(signal.value()).hasToString("\"AQID\"");
        assertThat(signal.isResponse()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"application/json|{\"a\":1}", "text/plain|\"{\\\"a\\\":1}\""})
    void json_and_text_stand_as_they_are(String contentType, String value) {
        Signal signal =
                mapper.inbound(
                                message(
                                        "{\"a\":1}".getBytes(),
                                        headers("content-type", contentType)))
                        .getFirst();

        assertThat(signal.value()).isEqualTo(Json.parse(value));
    }

    @Test
    void a_status_makes_it_a_response_and_the_direction_its_box() {
        Signal signal =
                mapper.inbound(
                                message(
                                        new byte[0],
                                        headers(
                                                "status",
                                                "201",
                                                "ditto-message-feature-id",
                                                "tank")))
                        .getFirst();

        assertThat(signal.status()).isEqualTo(201);
        assertThat(signal.path()).hasToString("/features/tank/inbox/messages/heatUp");
        assertThat(signal.headers().has("status")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | from-header",
                "{'incomingMessageHeaders': {'subject': 'from-option'}} | from-option",
                "{'incomingMessageHeaders': {'subject': '{{ header:subject }}-2'}} | from-header-2",
                "{'incomingMessageHeaders': {'subject': 'x', 'ditto-message-subject': 'y'}} | y",
            })
    void a_subject_may_be_called_just_that(String options, String subject) {
        PayloadMapper own =
                mapper("RawMessage", (ObjectNode) Json.parse(options.replace('\'', '"')));

        Signal signal =
                own.inbound(
                                message(
                                        "hi".getBytes(),
                                        Map.of(
                                                "subject",
                                                "from-header",
                                                "ditto-message-thing-id",
                                                "a.b:dev")))
                        .getFirst();

        assertThat(signal.topic()).hasToString("a.b/dev/things/live/messages/" + subject);
    }

    @Test
    void options_say_what_headers_do_not() {
        PayloadMapper own =
                mapper(
                        "RawMessage",
                        (ObjectNode)
                                Json.parse(
                                        """
                                        {"incomingMessageHeaders": {"ditto-message-subject": "{{ header:mqtt.topic | fn:substring-after('mp/') }}",
                                         "ditto-message-thing-id": "a.b:dev", "ditto-message-direction": "FROM", "content-type": "text/plain"}}
                                        """));

        Signal signal =
                own.inbound(message("hi".getBytes(), Map.of("mqtt.topic", "mp/s"))).getFirst();

        assertThat(signal.topic()).hasToString("a.b/dev/things/live/messages/s");
        assertThat(signal.path()).hasToString("/outbox/messages/s");
        assertThat(signal.value()).hasToString("\"hi\"");
    }

    @Test
    void what_is_ditto_protocol_already_is_read_as_such() {
        String command =
                "{\"topic\":\"a.b/c/things/twin/commands/modify\",\"path\":\"/attributes/x\",\"value\":1}";

        assertThat(
                        mapper.inbound(
                                        message(
                                                command.getBytes(),
                                                Map.of(
                                                        "content-type",
                                                        "application/vnd.eclipse.ditto+json")))
                                .getFirst()
                                .topic())
                .hasToString("a.b/c/things/twin/commands/modify");
    }

    @ParameterizedTest
    @CsvSource({
        "ditto-message-thing-id,''",
        "ditto-message-thing-id,nonsense",
        "ditto-message-subject,''",
        "status,fine"
    })
    void headers_that_can_not_be_used_are_an_error(String name, String value) {
        assertThatThrownBy(() -> mapper.inbound(message(new byte[0], headers(name, value))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().code())
                                        .isEqualTo("connectivity:message.mapping.failed"));
    }

    @Test
    void what_leaves_is_the_value_with_its_envelope_in_headers() {
        Signal signal =
                Envelope.read(
                        Json.parse(
                                """
                                {"topic": "a.b/c/things/live/messages/heatUp", "path": "/features/tank/inbox/messages/heatUp",
                                 "headers": {"content-type": "application/octet-stream", "correlation-id": "x"}, "value": "AQID", "status": 200}
                                """));

        ExternalMessage sent = mapper.outbound(signal).getFirst();

        byte[] bytes = new byte[sent.payload().remaining()];
        sent.payload().get(bytes);
        assertThat(bytes).containsExactly(1, 2, 3);
        assertThat(sent.headers().asMap())
                .containsOnly(
                        Map.entry("content-type", "application/octet-stream"),
                        Map.entry("ditto-message-thing-id", "a.b:c"),
                        Map.entry("ditto-message-subject", "heatUp"),
                        Map.entry("ditto-message-direction", "TO"),
                        Map.entry("ditto-message-feature-id", "tank"),
                        Map.entry("status", "200"));
    }

    @Test
    void a_message_without_a_content_type_gets_the_configured_one() {
        Signal signal =
                Envelope.read(
                        Json.parse(
                                "{\"topic\":\"a.b/c/things/live/messages/s\",\"path\":\"/outbox/messages/s\",\"value\":\"grüß\"}"));

        ExternalMessage sent =
                mapper(
                                "RawMessage",
                                options("outgoingContentType", "text/plain; charset=ISO-8859-1"))
                        .outbound(signal)
                        .getFirst();

        assertThat(sent.payload().remaining()).isEqualTo(4);
        assertThat(sent.headers().get("ditto-message-direction")).isEqualTo("FROM");
    }

    @Test
    void what_is_no_message_leaves_as_ditto_protocol() {
        assertThat(
                        mapper.outbound(event("modified", "/attributes/x", "1"))
                                .getFirst()
                                .contentType())
                .isEqualTo("application/vnd.eclipse.ditto+json");
    }
}
