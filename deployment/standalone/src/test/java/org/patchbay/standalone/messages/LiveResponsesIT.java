package org.patchbay.standalone.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.HttpEndpoint;
import org.patchbay.connectivity.broker.HttpEndpoint.Answer;
import org.patchbay.connectivity.broker.HttpEndpoint.Heard;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.standalone.RunningSystem;

/** What an endpoint answers to a live message, on its whole way back to whoever asked. */
@ExtendWith(RunningSystem.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveResponsesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OWNER = "nginx:owner";
    private static final String THING = "org.patchbay.live:door";
    private static final String DEVICE = "/devices/door";
    private static final String DITTO = "application/vnd.eclipse.ditto+json";

    private static final String POLICY =
            """
            {"entries": {
              "owner": {"subjects": {"nginx:owner": {"type": "the user"}},
                "resources": {"thing:/": {"grant": ["READ","WRITE"], "revoke": []},
                  "message:/": {"grant": ["READ","WRITE"], "revoke": []},
                  "policy:/": {"grant": ["READ","WRITE"], "revoke": []}}},
              "device": {"subjects": {"http:device": {"type": "connection"}},
                "resources": {"thing:/": {"grant": ["READ"], "revoke": []},
                  "message:/": {"grant": ["READ"], "revoke": []}}},
              "asker": {"subjects": {"mqtt:asker": {"type": "connection"}},
                "resources": {"message:/": {"grant": ["WRITE"], "revoke": []}}}}}
            """;

    private static final String PUSHING =
            """
            {"connectionType": "http-push", "connectionStatus": "open", "uri": "%s",
             "targets": [{"address": "POST:/devices/{{ thing:name }}", "authorizationContext": ["http:device"],
               "topics": ["_/_/things/live/messages", "_/_/things/live/commands"],
               "issuedAcknowledgementLabel": "live-response"}]}
            """;

    private static final String ASKING =
            """
            {"connectionType": "mqtt-5", "connectionStatus": "open", "uri": "%s",
             "sources": [{"addresses": ["live/ask"], "authorizationContext": ["mqtt:asker"], "qos": 1,
               "replyTarget": {"enabled": true, "address": "live/answer"}}]}
            """;

    private final RunningSystem system;
    private final HttpEndpoint endpoint = HttpEndpoint.started();
    private final EmbeddedMqttBroker broker = EmbeddedMqttBroker.started();

    LiveResponsesIT(RunningSystem system) {
        this.system = system;
    }

    @BeforeAll
    void setUp() throws Exception {
        put("/api/2/policies/" + THING, POLICY);
        put("/api/2/things/" + THING, "{\"policyId\": \"" + THING + "\"}");
        put("/api/2/connections/live-pushing", PUSHING.formatted(endpoint.uri()));
        put("/api/2/connections/live-asking", ASKING.formatted(broker.uri()));
        awaitOpen("live-pushing");
        awaitOpen("live-asking");
    }

    @AfterAll
    void tidyUp() throws Exception {
        system.send("DELETE", "/api/2/connections/live-pushing", "");
        system.send("DELETE", "/api/2/connections/live-asking", "");
        broker.close();
        endpoint.close();
    }

    private void put(String path, String body) throws Exception {
        HttpResponse<String> answer = asOwner("PUT", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 204);
    }

    private HttpResponse<String> asOwner(String method, String path, String body) throws Exception {
        return system.send(
                method,
                path,
                body,
                "content-type",
                "application/json",
                "x-ditto-pre-authenticated",
                OWNER);
    }

    private void awaitOpen(String connection) {
        Awaitility.await(connection)
                .atMost(PATIENCE)
                .until(() ->
                        system.send("GET", "/api/2/connections/" + connection + "/status", "")
                                .body()
                                .contains("\"liveStatus\":\"open\""));
    }

    @Test
    void who_asks_by_http_gets_status_and_body_of_the_endpoint() throws Exception {
        endpoint.answer(DEVICE, _ -> Answer.of(202, "application/json", "{\"door\":\"opens\"}"));

        HttpResponse<String> answer = ask("open", "{\"by\":30}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"door\":\"opens\"}");
        JsonNode heard = lastHeard();
        assertThat(heard.path("topic").asText())
                .isEqualTo("org.patchbay.live/door/things/live/messages/open");
        assertThat(heard.path("value")).hasToString("{\"by\":30}");
    }

    @Test
    void who_asks_by_http_hears_that_the_endpoint_refuses() throws Exception {
        endpoint.answer(DEVICE, _ -> Answer.of(409, "text/plain", "It is locked."));

        HttpResponse<String> answer = ask("open", "{\"by\":30}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("It is locked.");
    }

    @Test
    void who_asks_through_another_connection_gets_it_there() throws Exception {
        endpoint.answer(DEVICE, _ -> Answer.of(200, "application/json", "{\"door\":\"closes\"}"));
        try (MqttProbe asker = MqttProbe.listening(broker, "live/answer")) {
            asker.publish(
                    "live/ask",
                    """
                    {"topic": "org.patchbay.live/door/things/live/messages/close",
                     "headers": {"correlation-id": "mqtt-7", "content-type": "application/json"},
                     "path": "/inbox/messages/close", "value": {"gently": true}}
                    """,
                    1);

            Awaitility.await().atMost(PATIENCE).until(() -> asker.received().size() == 1);
            JsonNode answer = RunningSystem.json(asker.payloads().getFirst());
            assertThat(answer.path("topic").asText())
                    .isEqualTo("org.patchbay.live/door/things/live/messages/close");
            assertThat(answer.path("path").asText()).isEqualTo("/inbox/messages/close");
            assertThat(answer.path("status").asInt()).isEqualTo(200);
            assertThat(answer.path("value")).hasToString("{\"door\":\"closes\"}");
            assertThat(answer.path("headers").path("correlation-id").asText()).isEqualTo("mqtt-7");
        }
    }

    @Test
    void a_live_command_is_answered_in_ditto_protocol() throws Exception {
        endpoint.answer(DEVICE, LiveResponsesIT::answeredByDevice);

        HttpResponse<String> answer = asOwner("GET", attribute(), "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("42");
    }

    @Test
    void a_live_command_that_is_answered_otherwise_fails_and_says_why() throws Exception {
        endpoint.answer(DEVICE, _ -> Answer.of(200, "application/json", "42"));

        HttpResponse<String> answer = asOwner("GET", attribute(), "");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("things:live.command.unanswered").contains(DITTO);
    }

    /** To the question that it was asked. */
    private static Answer answeredByDevice(Heard question) {
        JsonNode asked = RunningSystem.json(question.body());
        String said =
                "{\"topic\": %s, \"path\": %s, \"status\": 200, \"value\": 42}"
                        .formatted(asked.path("topic"), asked.path("path"));
        return new Answer(
                200, Map.of("Content-Type", DITTO), said.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> ask(String subject, String body) throws Exception {
        return asOwner(
                "POST",
                "/api/2/things/" + THING + "/inbox/messages/" + subject + "?timeout=30s",
                body);
    }

    private static String attribute() {
        return "/api/2/things/" + THING + "/attributes/angle?channel=live&timeout=30s";
    }

    private JsonNode lastHeard() {
        return RunningSystem.json(endpoint.heard(DEVICE).getLast().body());
    }
}
