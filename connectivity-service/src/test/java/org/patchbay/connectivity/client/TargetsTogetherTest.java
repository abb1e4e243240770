package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** What several targets of a connection acknowledge of one signal. */
class TargetsTogetherTest {

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"nginx:ditto": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
                            """));

    private static final String BOTH =
            """
            'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto'], 'declaredAcks': ['c:seen']}],
            'targets': [
              {'address': 'one', 'topics': ['_/_/things/twin/events?namespaces=org.x'],
               'authorizationContext': ['nginx:ditto'], 'issuedAcknowledgementLabel': 'c:out'},
              {'address': 'two', 'topics': ['_/_/things/twin/events?namespaces=org.y'],
               'authorizationContext': ['nginx:ditto'], 'issuedAcknowledgementLabel': 'c:out'}]
            """;

    private final ClientFixture fixture = new ClientFixture();
    private TestProbe<Signal> requester;

    @AfterEach
    void shutDown() {
        fixture.close();
    }

    @Test
    void who_does_not_want_it_hides_no_failure_of_who_does() {
        open(BOTH);
        link().answers = _ -> Optional.of(new PublishResult(400, Headers.EMPTY, null));

        publish("org.x", "c:out");

        Signal ack = requester.receiveMessage();
        assertThat(ack.status()).isEqualTo(400);
        assertThat(ack.headers().has("ditto-weak-ack")).isFalse();
    }

    @Test
    void what_none_wants_is_acknowledged_weakly_once_for_each_label() {
        open(BOTH);

        publish("org.z", "c:out", "c:seen");

        assertWeak("c:out");
        assertWeak("c:seen");
        requester.expectNoMessage();
    }

    @Test
    void what_a_mapper_makes_nothing_of_is_answered_by_nobody_outside() {
        open(BOTH);

        publish(Map.of("unwanted", "true"), "org.x", "c:out", "c:seen");

        assertWeak("c:out");
        assertWeak("c:seen");
        requester.expectNoMessage();
    }

    @Test
    void who_gets_it_may_still_answer_under_a_declared_label() {
        open(BOTH);

        publish("org.x", "c:seen");

        await().until(() -> !link().published.isEmpty());
        requester.expectNoMessage();
    }

    @Test
    void who_has_no_targets_stands_in_for_what_its_sources_declare_and_for_no_live_response() {
        open(
                """
                'sources': [{'addresses': ['in'], 'authorizationContext': ['nginx:ditto'],
                  'declaredAcks': ['c:seen']}]
                """);

        publish("org.x", "live-response", "c:seen");

        assertWeak("c:seen");
        requester.expectNoMessage();
    }

    @Test
    void a_signal_that_is_published_in_part_only_is_not_acknowledged_as_published() {
        open(
                """
                'targets': [{'address': 'one', 'topics': ['_/_/things/twin/events'],
                  'payloadMapping': ['Ditto', 'broken'], 'authorizationContext': ['nginx:ditto'],
                  'issuedAcknowledgementLabel': 'c:out'}],
                'mappingDefinitions': {'broken': {'mappingEngine': 'Ditto'}}
                """);

        publish("org.x", "c:out");

        assertThat(requester.receiveMessage().status()).isEqualTo(400);
        assertThat(link().published).hasSize(1);
    }

    private void open(String endpoints) {
        fixture.bus.known.complete(Done.getInstance());
        ActorRef<ClientCommand> client = fixture.start(ClientFixture.connection(endpoints));
        await().until(() -> !fixture.transport.clients.isEmpty());
        link().up();
        fixture.awaitOpen(client).receiveMessage();
        requester = fixture.kit.createTestProbe(Signal.class);
    }

    private FakeTransport.Client link() {
        return fixture.transport.clients.getFirst();
    }

    private void assertWeak(String label) {
        Signal ack = requester.receiveMessage();
        assertThat(ack.topic().action()).isEqualTo(label);
        assertThat(ack.headers().get("ditto-weak-ack")).isEqualTo("true");
    }

    private void publish(String namespace, String... labels) {
        publish(Map.of(), namespace, labels);
    }

    private void publish(Map<String, String> headers, String namespace, String... labels) {
        Signal event =
                Signal.event(
                        TopicPath.parse(namespace + "/one/things/twin/events/modified"),
                        JsonPointer.parse("/attributes/x"),
                        Headers.of(headers)
                                .with("correlation-id", "c-1")
                                .with(
                                        "requested-acks",
                                        "[\"" + String.join("\",\"", labels) + "\"]"),
                        IntNode.valueOf(1),
                        1,
                        Instant.EPOCH);
        fixture.bus.publish(new Publication(event, READERS, null, null, requester.ref()));
    }
}
