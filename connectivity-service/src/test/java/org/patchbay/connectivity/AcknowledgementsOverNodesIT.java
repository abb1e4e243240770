package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.path.outbound.ClientShare;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** The acknowledgements of a connection whose clients run on two nodes. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcknowledgementsOverNodesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SOON = "patchbay.connectivity.clients.move-pause = 100ms";
    private static final int COUNT = 20;
    private static final String ID = "acks";

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"e": {"subjects": {"nginx:ditto": {"type": "t"}},
                             "resources": {"thing:/": {"grant": ["READ"], "revoke": []}}}}}
                            """));

    private final ConnectivityNode nodes = new ConnectivityNode();
    private EmbeddedMqttBroker broker;
    private TestCluster cluster;
    private ActorSystem<Void> first;
    private ActorSystem<Void> second;

    @BeforeAll
    void start(@TempDir Path data) {
        broker = EmbeddedMqttBroker.started();
        cluster = TestCluster.in(data, nodes::guardian, SOON);
        first = cluster.start("patchbay.instance = n1");
        second = cluster.start("patchbay.instance = n2");
        assertThat(ConnectivityNode.ask(first, ID, new ConnectionCommand.Create(connection())))
                .isInstanceOf(ConnectionReply.Created.class);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    JsonNode status = status();
                    assertThat(status.get("liveStatus").asText()).isEqualTo("open");
                    assertThat(status.findValuesAsText("client"))
                            .anyMatch(client -> client.startsWith("n1-"))
                            .anyMatch(client -> client.startsWith("n2-"));
                });
    }

    @AfterAll
    void stop() {
        cluster.close();
        broker.close();
    }

    @Test
    void who_requested_one_gets_it_from_whatever_client_has_published() {
        // Given
        assertThat(IntStream.range(0, COUNT).map(n -> ClientShare.owner("org.x:t" + n, 2)))
                .contains(0, 1);
        TestProbe<Signal> here = TestProbe.create(Signal.class, first);
        TestProbe<Signal> there = TestProbe.create(Signal.class, second);

        // When
        IntStream.range(0, COUNT).forEach(n -> publish(first, n, here.ref()));
        IntStream.range(0, COUNT).forEach(n -> publish(second, n, there.ref()));

        // Then
        assertThatAllCame(here);
        assertThatAllCame(there);
    }

    @Test
    void those_that_come_in_reach_the_twin_from_whatever_client_has_consumed_them() {
        try (MqttProbe device = MqttProbe.listening(broker, "acks/reply")) {
            // When
            IntStream.range(0, COUNT)
                    .forEach(n -> device.publish("acks/in", acknowledgement(n), 1));

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(correlations(seen()))
                                    .containsExactlyInAnyOrderElementsOf(numbers()));
            assertThat(device.received()).isEmpty();
            assertThat(status().toString()).doesNotContain("not issued");
        }
    }

    private void assertThatAllCame(TestProbe<Signal> requester) {
        List<Signal> acks = requester.receiveSeveralMessages(COUNT, PATIENCE);
        assertThat(acks)
                .allSatisfy(ack -> {
                    assertThat(ack.topic().action()).isEqualTo("acks:out");
                    assertThat(ack.status()).isBetween(200, 204);
                });
        assertThat(correlations(acks)).containsExactlyInAnyOrderElementsOf(numbers());
    }

    private static List<String> numbers() {
        return IntStream.range(0, COUNT).mapToObj(String::valueOf).toList();
    }

    private static List<String> correlations(List<Signal> signals) {
        return signals.stream().map(signal -> signal.headers().get("correlation-id")).toList();
    }

    private List<Signal> seen() {
        return nodes.taken().stream()
                .filter(signal -> "acks:seen".equals(signal.topic().action()))
                .toList();
    }

    private JsonNode status() {
        return ((ConnectionReply.Report)
                        ConnectivityNode.ask(first, ID, new ConnectionCommand.RetrieveStatus()))
                .json();
    }

    private static void publish(ActorSystem<Void> node, int n, ActorRef<Signal> requester) {
        Signal event =
                Signal.event(
                        TopicPath.parse("org.x/t" + n + "/things/twin/events/modified"),
                        JsonPointer.parse("/attributes/n"),
                        Headers.of(
                                Map.of(
                                        "requested-acks",
                                        "[\"acks:out\"]",
                                        "correlation-id",
                                        String.valueOf(n))),
                        IntNode.valueOf(n),
                        1L,
                        Instant.parse("2026-01-02T03:04:05Z"));
        SignalBus.of(node).publish(new Publication(event, READERS, null, null, requester));
    }

    private static String acknowledgement(int n) {
        return """
        {"topic": "org.x/t%d/things/twin/acks/acks:seen",
         "headers": {"correlation-id": "%d"}, "path": "/", "status": 200}
        """
                .formatted(n, n);
    }

    private Connection connection() {
        return ConnectionJson.read(
                Json.parse(
                        """
                        {"name": "acks", "connectionType": "mqtt-5", "connectionStatus": "open",
                         "uri": "%s", "clientCount": 2,
                         "sources": [{"addresses": ["$share/g/acks/in"], "qos": 1,
                                      "authorizationContext": ["nginx:ditto"],
                                      "declaredAcks": ["{{ connection:id }}:seen"],
                                      "replyTarget": {"enabled": true, "address": "acks/reply"}}],
                         "targets": [{"address": "acks/out/{{ thing:name }}", "qos": 1,
                                      "topics": ["_/_/things/twin/events"],
                                      "issuedAcknowledgementLabel": "{{ connection:id }}:out",
                                      "authorizationContext": ["nginx:ditto"]}]}
                        """
                                .formatted(broker.uri())),
                ID);
    }
}
