package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/**
 * The table of basic-acknowledgements for connections: what is published to the reply target, and
 * when the message is settled, by response-required, requested-acks, timeout and channel.
 */
class AcknowledgementMatrixTest {

    private static final Connection CONNECTION =
            ClientFixture.connection(
                    """
                    'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                      'replyTarget': {'enabled': true, 'address': 'reply',
                        'expectedResponseTypes': ['response', 'error', 'nack']}}]
                    """);

    private static ClientFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ClientFixture();
        fixture.bus.known.complete(Done.getInstance());
        ActorRef<ClientCommand> client = fixture.start(CONNECTION);
        await().until(() -> !fixture.transport.clients.isEmpty());
        link().up();
        fixture.awaitOpen(client).receiveMessage();
    }

    @AfterAll
    static void shutDown() {
        fixture.close();
    }

    @BeforeEach
    void forget() {
        fixture.twins.requests.clear();
        link().published.clear();
        link().settled.clear();
    }

    @ParameterizedTest(name = "{0}: response-required {1}, requested-acks {2}, timeout {3}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // channel | response-required | requested-acks | timeout | published | settled
                "twin | false | []                            | 0  | nothing  | at once",
                "twin | false | []                            | 5s | nothing  | at once",
                "twin | false | [\"c:x\"]                     | 0  | error    | at once",
                "twin | false | [\"c:x\"]                     | 5s | nothing  | after acks",
                "twin | true  | []                            | 0  | error    | at once",
                "twin | true  | []                            | 5s | response | at once",
                "twin | true  | [\"c:x\"]                     | 0  | error    | at once",
                "twin | true  | [\"twin-persisted\",\"c:x\"]  | 5s | acks     | after acks",
                // what is not said
                "twin | -     | -                             | -  | response | at once",
                "twin | -     | -                             | 0  | nothing  | at once",
                "twin | -     | []                            | -  | nothing  | at once",
                "twin | false | -                             | -  | nothing  | at once",
                "twin | -     | [\"c:x\"]                     | -  | acks     | after acks",
                // what the channel does not give
                "twin | -     | [\"live-response\"]           | -  | response | at once",
                "live | true  | [\"twin-persisted\"]          | 5s | response | after acks",
                "live | false | [\"search-persisted\"]        | 5s | nothing  | at once",
                // live-response comes and goes with response-required
                "live | true  | -                             | 5s | response | after acks",
                "live | -     | -                             | -  | response | after acks",
                "live | true  | [\"c:x\"]                     | 5s | acks     | after acks",
                "live | false | [\"live-response\"]           | 5s | nothing  | at once",
                "live | false | [\"c:x\",\"live-response\"]   | 5s | nothing  | after acks",
                "live | true  | -                             | 0  | error    | at once",
                "live | -     | -                             | 0  | nothing  | at once"
            })
    void publishes_and_settles(
            String channel,
            @Nullable String responseRequired,
            @Nullable String requestedAcks,
            @Nullable String timeout,
            String published,
            String settled) {
        // When
        link().receive(
                        "in",
                        message(channel, responseRequired, requestedAcks, timeout),
                        Headers.EMPTY);

        // Then
        boolean refused = published.equals("error");
        if (!refused) {
            await().until(() -> !fixture.twins.requests.isEmpty());
            SignalRequest request = fixture.twins.requests.getFirst();
            ActorRef<Signal> requester = request.acknowledgements();
            assertThat(Optional.ofNullable(requester).isPresent())
                    .isEqualTo(settled.equals("after acks"));
            if (requester != null) {
                assertThat(link().settled).isEmpty();
                requester.tell(
                        Acknowledgement.of(request.signal(), "c:x", 200, Headers.EMPTY, null));
                if (channel.equals("live")) {
                    requester.tell(
                            request.signal().respond(200, Headers.EMPTY, IntNode.valueOf(42)));
                }
            }
        }
        await().untilAsserted(() -> assertThat(link().settled).hasSize(1));
        await().untilAsserted(() -> assertThat(kinds()).isEqualTo(expected(published)));
        assertThat(fixture.twins.requests).hasSize(refused ? 0 : 1);
    }

    private static List<String> expected(String published) {
        return published.equals("nothing") ? List.of() : List.of(published);
    }

    private static List<String> kinds() {
        return link().published.stream()
                .map(reply -> Json.parse(reply.payload().array()))
                .map(AcknowledgementMatrixTest::kind)
                .toList();
    }

    private static String kind(JsonNode reply) {
        String topic = reply.path("topic").asText();
        if (topic.endsWith("/errors")) {
            assertThat(reply.at("/value/error").asText()).isEqualTo("header.invalid");
            assertThat(topic).startsWith("org.x/t/things/");
            return "error";
        }
        return topic.endsWith("/acks") ? "acks" : "response";
    }

    private static String message(
            String channel,
            @Nullable String responseRequired,
            @Nullable String requestedAcks,
            @Nullable String timeout) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        boolean live = channel.equals("live");
        json.put("topic", "org.x/t/things/" + (live ? "live/messages/m" : "twin/commands/modify"));
        ObjectNode headers = json.putObject("headers").put("correlation-id", "c-1");
        if (responseRequired != null) {
            headers.put("response-required", Boolean.parseBoolean(responseRequired));
        }
        if (requestedAcks != null) {
            headers.set("requested-acks", Json.parse(requestedAcks));
        }
        if (timeout != null) {
            headers.put("timeout", timeout);
        }
        json.put("path", live ? "/inbox/messages/m" : "/attributes/x");
        return json.put("value", 1).toString();
    }

    private static FakeTransport.Client link() {
        return fixture.transport.clients.getFirst();
    }
}
