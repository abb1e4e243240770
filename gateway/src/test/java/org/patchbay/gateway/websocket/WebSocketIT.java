package org.patchbay.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.gateway.authentication.token.TestIssuer;
import org.patchbay.protocol.json.Json;

/** WebSockets of the JDK's client, with real things behind them. */
class WebSocketIT {

    private static final String MODIFY_N =
            """
            {"topic": "org.acme/t/things/twin/commands/modify", "path": "/attributes/n", "value": 7,
             "headers": {"correlation-id": "%s"}}
            """;

    private static final String SETTINGS =
            """
            ditto.gateway.authentication.oauth {
              protocol = http
              allowed-clock-skew = 0s
              openid-connect-issuers.users.issuer = "%s"
            }
            patchbay.gateway.websocket.message-size-max = 100000
            """;

    private static TestIssuer issuer;
    private static SocketFixture nodes;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        issuer = TestIssuer.start(InstantSource.system());
        nodes = SocketFixture.start(data, SETTINGS.formatted(issuer.address()));
    }

    @AfterAll
    static void stop() {
        nodes.close();
        issuer.close();
    }

    @Test
    void nobody_comes_in_without_credentials() throws Exception {
        assertThatThrownBy(() -> TestSocket.open(nodes.base(), "/ws/2", ""))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));

        HttpResponse<String> answer = nodes.request("", "GET", "/ws/2", "");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
        assertThat(Json.parse(answer.body()).get("error").asText())
                .isEqualTo("gateway:authentication.failed");
    }

    @Test
    void a_request_that_opens_no_socket_is_told_so() throws Exception {
        HttpResponse<String> answer = nodes.request("anna", "GET", "/ws/2", "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("gateway:websocket.upgrade.expected");
        assertThat(nodes.request("anna", "GET", "/ws/1", "").body())
                .contains("api.version.notsupported");
    }

    @Test
    void a_command_is_answered_and_others_get_its_event() throws Exception {
        try (TestSocket anna = nodes.socket("anna");
                TestSocket dora = nodes.socket("dora")) {
            anna.start("START-SEND-EVENTS?namespaces=org.acme");
            dora.start("START-SEND-EVENTS?namespaces=org.acme");

            anna.send(MODIFY_N.formatted("c-1"));

            JsonNode answer = anna.nextJson();
            assertThat(answer.get("status").intValue()).isEqualTo(204);
            assertThat(answer.at("/headers/correlation-id").textValue()).isEqualTo("c-1");
            JsonNode event = dora.nextJson();
            assertThat(event.get("topic").textValue())
                    .isEqualTo("org.acme/t/things/twin/events/modified");
            assertThat(event.at("/headers/ditto-originator").textValue()).isEqualTo("nginx:anna");
            assertThat(event.get("value").intValue()).isEqualTo(7);
            anna.hasNothingElse();
        }
    }

    @Test
    void commands_of_one_socket_are_carried_out_in_order() throws Exception {
        try (TestSocket anna = nodes.socket("anna");
                TestSocket dora = nodes.socket("dora")) {
            dora.start("START-SEND-EVENTS?filter=eq(resource:path,'/attributes/order')");
            for (int i = 1; i <= 150; i++) {
                anna.send(
                        """
                        {"topic": "org.acme/t/things/twin/commands/modify",
                         "path": "/attributes/order", "value": %d, "headers": {%s}}
                        """
                                .formatted(
                                        i,
                                        i % 3 == 0
                                                ? "\"requested-acks\": [\"twin-persisted\", \"x:y\"],"
                                                        + " \"timeout\": \"1ms\""
                                                : ""));
            }
            for (int i = 1; i <= 150; i++) {
                assertThat(dora.nextJson().get("value").intValue()).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HELLO | json.invalid",
                "[] | json.invalid",
                "null | json.field.missing",
                "'' | json.invalid",
                "{\"topic\": \"org.acme/t\", \"path\": \"/\"} | protocoladapter:unknown.topicpath",
                "{\"topic\": \"org.acme/t/things/twin/commands/wag\", \"path\": \"/\"} | protocoladapter:unknown.topicpath",
                "{\"topic\": \"1/t/things/twin/commands/retrieve\", \"path\": \"/\"} | things:id.invalid",
                "{\"topic\": \"org.acme/no/things/twin/commands/retrieve\", \"path\": \"/\"} | things:thing.notfound",
                "{\"topic\": \"org.acme/t/things/twin/acks/a:b\", \"path\": \"/\", \"status\": 200} | acknowledgement:label.not.declared",
                "START-SEND-EVENTS?filter=eq( | rql.expression.invalid",
                "START-SEND-EVENTS?extraFields=a(b | json.fieldselector.invalid",
                "START-SEND-EVENTS?filter=%zz | gateway:parameter.invalid",
                "JWT-TOKEN | gateway:parameter.invalid",
                "JWT-TOKEN?jwtToken=x.y.z | gateway:authentication.failed"
            })
    void wrong_input_is_answered_and_the_session_goes_on(String text, String code)
            throws Exception {
        try (TestSocket anna = nodes.socket("anna")) {
            anna.send(text).nextError(code);
            anna.hasNothingElse();
        }
    }

    @Test
    void a_message_of_bytes_or_too_large_is_answered_and_the_session_goes_on() throws Exception {
        try (TestSocket anna = nodes.socket("anna")) {
            anna.sendBytes("START-SEND-EVENTS".getBytes(StandardCharsets.UTF_8));
            anna.nextError("json.invalid");

            anna.send("x".repeat(100_001)).nextError("gateway:payload.toolarge");
            anna.sendInTwoParts("x".repeat(99_999), "x".repeat(5_000_000));
            anna.nextError("gateway:payload.toolarge");

            anna.sendInTwoParts("START-SEND-", "EVENTS");
            assertThat(anna.next()).isEqualTo("START-SEND-EVENTS:ACK");
        }
    }

    @Test
    void a_subscription_is_filtered_by_permission_namespace_and_expression() throws Exception {
        try (TestSocket bert = nodes.socket("bert");
                TestSocket cleo = nodes.socket("cleo");
                TestSocket other = nodes.socket("anna")) {
            bert.start("START-SEND-EVENTS?extraFields=attributes&filter=gt(attributes/public,20)");
            cleo.start("START-SEND-EVENTS");
            other.start("START-SEND-EVENTS?namespaces=org.other");

            nodes.put("/api/2/things/org.acme:t/attributes/private", "30");
            nodes.put("/api/2/things/org.acme:t/attributes/public", "20");
            nodes.put("/api/2/things/org.acme:t/attributes/public", "21");

            JsonNode event = bert.nextJson();
            assertThat(event.get("value").intValue()).isEqualTo(21);
            assertThat(event.get("extra")).hasToString("{\"attributes\":{\"public\":21}}");
            bert.hasNothingElse();
            cleo.hasNothingElse();
            other.hasNothingElse();
        }
    }

    @Test
    void a_subscription_that_is_started_again_is_another_one() throws Exception {
        try (TestSocket anna = nodes.socket("anna")) {
            anna.start("START-SEND-EVENTS?filter=eq(attributes/n,1)");
            anna.start("START-SEND-EVENTS?filter=eq(attributes/n,2)");

            nodes.put("/api/2/things/org.acme:t/attributes/n", "1");
            nodes.put("/api/2/things/org.acme:t/attributes/n", "2");

            assertThat(anna.nextJson().get("value").intValue()).isEqualTo(2);
            anna.hasNothingElse();
        }
    }

    @Test
    void a_message_goes_to_another_socket_and_its_answer_comes_back() throws Exception {
        try (TestSocket anna = nodes.socket("anna");
                TestSocket dora = nodes.socket("dora")) {
            dora.start("START-SEND-MESSAGES?namespaces=org.acme");
            anna.send(
                    """
                    {"topic": "org.acme/t/things/live/messages/ask", "path": "/inbox/messages/ask",
                     "headers": {"correlation-id": "m-1", "content-type": "text/plain"}, "value": "?"}
                    """);

            assertThat(dora.nextJson().get("value").textValue()).isEqualTo("?");
            dora.send(
                    """
                    {"topic": "org.acme/t/things/live/messages/ask", "path": "/inbox/messages/ask",
                     "headers": {"correlation-id": "m-1", "content-type": "text/plain"}, "value": "!",
                     "status": 299}
                    """);

            JsonNode answer = anna.nextJson();
            assertThat(answer.get("status").intValue()).isEqualTo(299);
            assertThat(answer.get("value").textValue()).isEqualTo("!");
            assertThat(answer.at("/headers/ditto-originator").textValue()).isEqualTo("nginx:dora");
        }
    }

    @Test
    void a_declared_acknowledgement_is_waited_for() throws Exception {
        try (TestSocket anna = nodes.socket("anna");
                TestSocket dora = nodes.socket("dora", "/ws/2?declared-acks=dora:seen")) {
            dora.start("START-SEND-EVENTS");
            anna.send(
                    """
                    {"topic": "org.acme/t/things/twin/commands/modify", "path": "/attributes/n",
                     "value": 8, "headers": {"correlation-id": "a-1",
                     "requested-acks": ["twin-persisted", "dora:seen"]}}
                    """);

            assertThat(dora.nextJson().at("/headers/requested-acks"))
                    .hasToString("[\"dora:seen\"]");
            dora.send(
                    """
                    {"topic": "org.acme/t/things/twin/acks/dora:seen", "path": "/", "status": 202,
                     "headers": {"correlation-id": "a-1"}, "value": "mine"}
                    """);

            JsonNode answer = anna.nextJson();
            assertThat(answer.get("topic").textValue()).isEqualTo("org.acme/t/things/twin/acks");
            assertThat(answer.get("status").intValue()).isEqualTo(200);
            assertThat(answer.at("/value/dora:seen/payload").textValue()).isEqualTo("mine");
            assertThat(answer.at("/value/twin-persisted/status").intValue()).isEqualTo(204);
        }
    }

    @Test
    void who_does_not_get_an_event_is_not_waited_for() throws Exception {
        String requested = "?requested-acks=twin-persisted,dora:filtered";
        try (TestSocket dora = nodes.socket("dora", "/ws/2?declared-acks=dora:filtered")) {
            dora.start("START-SEND-EVENTS?filter=eq(attributes/n,0)");

            HttpResponse<String> answer =
                    nodes.request(
                            "anna",
                            "PUT",
                            "/api/2/things/org.acme:t/attributes/n" + requested,
                            "3");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Json.parse(answer.body()).at("/dora:filtered/headers/ditto-weak-ack"))
                    .hasToString("true");
        }
    }

    @ParameterizedTest
    @CsvSource({"ab", "twin-persisted", "a%20b%20c"})
    void a_label_that_can_not_be_declared_opens_no_socket(String label) throws Exception {
        assertThatThrownBy(() -> nodes.socket("anna", "/ws/2?declared-acks=" + label))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(400));
    }

    @Test
    void a_label_belongs_to_one_socket_until_it_is_closed() throws Exception {
        try (TestSocket first = nodes.socket("anna", "/ws/2?declared-acks=anna:one")) {
            first.start("START-SEND-EVENTS");

            TestSocket second = nodes.socket("dora", "/ws/2?declared-acks=anna:one");

            second.nextError("acknowledgement:label.not.unique");
            assertThat(second.closeCode()).isEqualTo(1000);
        }
        try (TestSocket third = nodes.socket("dora", "/ws/2?declared-acks=anna:one")) {
            third.start("START-SEND-EVENTS");
        }
    }

    @Test
    void a_session_ends_with_its_token_but_for_a_new_one_of_the_same_user() throws Exception {
        TestSocket alice = nodes.socketWithToken(issuer.token());
        String lasting = issuer.token();

        alice.send("JWT-TOKEN?jwtToken=" + expiringIn(4));
        alice.send("JWT-TOKEN?jwtToken=" + lasting);
        // Again where a busy machine has taken so long that the token was no good any more.
        TestSocket witness =
                await().ignoreExceptionsInstanceOf(ExecutionException.class)
                        .until(() -> nodes.socketWithToken(expiringIn(5)), _ -> true);

        // The other one's token, which counts longer than alice's short one did, has expired.
        witness.nextError("gateway:websocket.session.expired");
        assertThat(witness.closeCode()).isEqualTo(1000);
        alice.hasNothingElse();

        alice.send("JWT-TOKEN?jwtToken=" + issuer.token(Map.of("sub", "mallory")));
        alice.nextError("gateway:websocket.session.closed");
        assertThat(alice.closeCode()).isEqualTo(1000);
    }

    private static String expiringIn(int seconds) {
        return issuer.token(Map.of("exp", Instant.now().getEpochSecond() + seconds));
    }

    @Test
    void a_browser_brings_its_token_as_a_parameter() throws Exception {
        String path = "/ws/2?access_token=";

        try (TestSocket alice = TestSocket.open(nodes.base(), path + issuer.token(), "")) {
            alice.start("START-SEND-EVENTS");
        }
        assertThatThrownBy(() -> TestSocket.open(nodes.base(), path + "a.b.c", ""))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(401));
        assertThat(
                        nodes.request("", "GET", "/api/2/whoami?access_token=" + issuer.token(), "")
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_forged_token_ends_the_session() throws Exception {
        TestSocket alice = nodes.socketWithToken(issuer.token());

        alice.send("JWT-TOKEN?jwtToken=a.b.c");

        alice.nextError("gateway:websocket.session.closed");
        assertThat(alice.closeCode()).isEqualTo(1000);
    }

    @Test
    void a_client_that_does_not_read_is_told_so_and_closed() throws Exception {
        String large = "y".repeat(90_000);
        TestSocket slow = TestSocket.paused(nodes.base(), "/ws/2", TestSocket.basic("dora"));
        slow.send("START-SEND-MESSAGES?namespaces=org.acme");
        try (TestSocket quick = nodes.socket("dora");
                TestSocket anna = nodes.socket("anna")) {
            quick.start("START-SEND-MESSAGES?namespaces=org.acme");
            // Far more than the buffers of both ends and the outbox together.
            for (int i = 0; i < 600; i++) {
                anna.send(
                        """
                        {"topic": "org.acme/t/things/live/messages/m", "path": "/inbox/messages/m",
                         "headers": {"response-required": false, "content-type": "text/plain"},
                         "value": "%s"}
                        """
                                .formatted(large));
                assertThat(quick.next()).contains(large);
            }
            assertThat(slow.isClosed()).isFalse();

            slow.read();

            assertThat(slow.lastJson().at("/value/error").textValue())
                    .isEqualTo("gateway:websocket.session.aborted");
            assertThat(slow.closeCode()).isEqualTo(1000);
            anna.hasNothingElse();
        }
    }

    @Test
    void sockets_of_different_nodes_meet(@TempDir Path data) throws Exception {
        try (SocketFixture two = SocketFixture.start(data, "")) {
            two.startNode();
            try (TestSocket here = two.socket(0, "anna", "/ws/2");
                    TestSocket there = two.socket(1, "dora", "/ws/2?declared-acks=dora:far")) {
                there.start("START-SEND-EVENTS?namespaces=org.acme&extraFields=attributes/public");

                here.send(
                        """
                        {"topic": "org.acme/t/things/twin/commands/modify", "path": "/attributes/n",
                         "value": 8, "headers": {"correlation-id": "far-1",
                         "requested-acks": ["dora:far"]}}
                        """);
                JsonNode event = there.nextJson();
                assertThat(event.get("extra")).hasToString("{\"attributes\":{\"public\":1}}");
                there.send(
                        """
                        {"topic": "org.acme/t/things/twin/acks/dora:far", "path": "/",
                         "status": 201, "headers": {"correlation-id": "far-1"}}
                        """);
                assertThat(here.nextJson().get("status").intValue()).isEqualTo(201);

                TestSocket same = two.socket(0, "anna", "/ws/2?declared-acks=dora:far");
                same.nextError("acknowledgement:label.not.unique");
            }
        }
    }

    @Test
    void a_node_that_stops_says_goodbye(@TempDir Path data) throws Exception {
        try (SocketFixture one = SocketFixture.start(data, "")) {
            TestSocket anna = one.socket("anna").start("START-SEND-EVENTS");

            CompletableFuture<?> stopped =
                    CoordinatedShutdown.get(one.node(0))
                            .runAll(CoordinatedShutdown.unknownReason())
                            .toCompletableFuture();

            anna.nextError("gateway:websocket.session.aborted");
            assertThat(anna.closeCode()).isEqualTo(1000);
            stopped.get(60, TimeUnit.SECONDS);
        }
    }
}
