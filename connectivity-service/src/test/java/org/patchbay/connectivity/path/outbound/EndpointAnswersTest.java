package org.patchbay.connectivity.path.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.path.outbound.EndpointAnswers.Answer;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

class EndpointAnswersTest {

    private static final Map<String, String> DITTO =
            Map.of("content-type", "application/vnd.eclipse.ditto+json");

    private static final Signal MESSAGE =
            signal("ns/lamp/things/live/messages/toggle", "/inbox/messages/toggle", "[]");
    private static final Signal EVENT =
            signal("ns/lamp/things/twin/events/modified", "/attributes/a", "[\"own:a\",\"x:y\"]");

    @Test
    void a_result_is_the_acknowledgement_that_the_target_issues() {
        var result = result(418, Map.of("x", "1"), "{\"a\":1}");

        Answer answer = only(http("own:a").to(EVENT, result));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Issued.class,
                        issued -> {
                            assertThat(issued.label()).isEqualTo("own:a");
                            assertThat(issued.acknowledgement().topic())
                                    .hasToString("ns/lamp/things/twin/acks/own:a");
                            assertThat(issued.acknowledgement().status()).isEqualTo(418);
                            assertThat(issued.acknowledgement().headers().get("x")).isEqualTo("1");
                            assertThat(issued.acknowledgement().value()).hasToString("{\"a\":1}");
                        });
    }

    @Test
    void a_result_is_the_response_to_a_live_message() {
        EndpointAnswers answers = http("live-response");

        Answer answer = only(answers.to(MESSAGE, result(201, Map.of(), "\"on\"")));

        assertThat(answers.issuesFor(MESSAGE)).isTrue();
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.LiveResponse.class,
                        live -> {
                            Signal response = live.response();
                            assertThat(response.topic()).isEqualTo(MESSAGE.topic());
                            assertThat(response.path()).isEqualTo(MESSAGE.path());
                            assertThat(response.status()).isEqualTo(201);
                            assertThat(response.value()).isEqualTo(TextNode.valueOf("on"));
                            assertThat(response.headers().correlationId()).isEqualTo("7");
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"live-response", ""})
    void an_endpoint_may_answer_a_live_message_in_ditto_protocol(String label) {
        var result =
                result(
                        200,
                        DITTO,
                        """
                        {"topic": "ns/lamp/things/live/messages/toggle", "status": 203,
                         "path": "/inbox/messages/toggle", "value": "off",
                         "headers": {"correlation-id": "7", "ditto-originator": "spoofed"}}\
                        """);

        EndpointAnswers answers = http(label.isEmpty() ? null : label);

        assertThat(answers.mayComeFor(MESSAGE)).isTrue();
        assertThat(only(answers.to(MESSAGE, result)))
                .isInstanceOfSatisfying(
                        Answer.LiveResponse.class,
                        live -> {
                            assertThat(live.response().status()).isEqualTo(203);
                            assertThat(live.response().value()).hasToString("\"off\"");
                            assertThat(live.response().headers().has("ditto-originator")).isFalse();
                        });
    }

    @Test
    void an_endpoint_may_acknowledge_in_ditto_protocol_where_the_target_issues_no_label() {
        var result =
                result(
                        200,
                        DITTO,
                        """
                        {"topic": "ns/lamp/things/twin/acks/own:a", "path": "/", "status": 204,
                         "headers": {"correlation-id": "7"}}\
                        """);

        assertThat(only(http(null).to(EVENT, result)))
                .isInstanceOfSatisfying(
                        Answer.Issued.class,
                        issued -> assertThat(issued.acknowledgement().status()).isEqualTo(204));
        assertThat(only(http("own:a").to(EVENT, result)))
                .isInstanceOfSatisfying(
                        Answer.Issued.class,
                        issued -> assertThat(issued.acknowledgement().status()).isEqualTo(200));
        assertThat(http(null).labelsOf(EVENT)).containsExactly("own:a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"topic\": \"ns/other/things/live/messages/toggle\", \"path\":"
                        + " \"/inbox/messages/toggle\", \"status\": 200, \"headers\": {}}",
                "{\"topic\": \"ns/lamp/things/live/messages/toggle\", \"path\":"
                        + " \"/inbox/messages/toggle\", \"status\": 200, \"headers\":"
                        + " {\"correlation-id\": \"8\"}}",
                "{\"topic\": \"ns/lamp/things/live/messages/toggle\", \"path\":"
                        + " \"/inbox/messages/toggle\", \"headers\": {}}",
                "{\"topic\": \"ns/lamp/things/live/messages/other\", \"path\":"
                        + " \"/inbox/messages/other\", \"status\": 200, \"headers\": {}}",
                "{\"topic\": \"ns/lamp/things/live/acks/x:y\", \"path\": \"/\", \"status\": 200,"
                        + " \"headers\": {}}",
                "{\"a\": 1}",
            })
    void what_is_for_something_else_is_no_answer(String body) {
        assertThat(only(http(null).to(MESSAGE, result(200, DITTO, body))))
                .isInstanceOf(Answer.None.class);
    }

    @Test
    void a_broker_that_does_not_answer_requests_says_nothing_in_ditto_protocol() {
        EndpointAnswers mqtt = EndpointAnswers.of(connection(ConnectionType.MQTT), null);

        assertThat(mqtt.mayComeFor(MESSAGE)).isFalse();
        assertThat(mqtt.labelsOf(EVENT)).isEmpty();
        assertThat(mqtt.to(MESSAGE, result(200, DITTO, "{}"))).isEmpty();
    }

    @Test
    void nobody_is_answered_who_wants_no_response() {
        Signal silent = MESSAGE.with(MESSAGE.headers().with("response-required", "false"));

        assertThat(http("live-response").issuesFor(silent)).isFalse();
        assertThat(http("live-response").to(silent, PublishResult.OK)).isEmpty();
    }

    @Test
    void a_live_command_has_no_response_but_in_ditto_protocol() {
        Signal command = signal("ns/lamp/things/live/commands/retrieve", "/attributes", "[]");

        assertThat(only(http("live-response").to(command, PublishResult.OK)))
                .isInstanceOfSatisfying(
                        Answer.LiveResponse.class,
                        live -> {
                            assertThat(live.response().isError()).isTrue();
                            assertThat(live.response().headers().correlationId()).isEqualTo("7");
                        });
    }

    private static Answer only(List<Answer> answers) {
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    private static EndpointAnswers http(@Nullable String label) {
        return EndpointAnswers.of(connection(ConnectionType.HTTP_PUSH), label);
    }

    private static Connection connection(ConnectionType type) {
        return Connections.of("own", type, "http://host:80", Map.of(), List.of(), List.of());
    }

    private static Signal signal(String topic, String path, String labels) {
        return Signal.command(
                TopicPath.parse(topic),
                JsonPointer.parse(path),
                Headers.of(Map.of("correlation-id", "7", "requested-acks", labels)),
                null);
    }

    private static PublishResult result(int status, Map<String, String> headers, String json) {
        JsonNode value = Json.parse(json);
        return new PublishResult(status, Headers.of(headers), value);
    }
}
