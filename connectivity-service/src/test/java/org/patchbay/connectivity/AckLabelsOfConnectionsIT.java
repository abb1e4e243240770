package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.label.AckLabels;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.Json;

class AckLabelsOfConnectionsIT {

    private static final String NOT_UNIQUE = "acknowledgement:label.not.unique";

    @TempDir Path data;

    private final ConnectivityNode nodes = new ConnectivityNode();

    @Test
    void a_connections_acknowledgements_are_rejected_until_the_session_with_its_label_has_gone() {
        String often = "ditto.connectivity.connection.ack-label-declare-interval = 200ms";
        try (EmbeddedMqttBroker broker = EmbeddedMqttBroker.started();
                MqttProbe device = MqttProbe.listening(broker, "labels/reply");
                TestCluster cluster = TestCluster.in(data, nodes::guardian, often)) {
            // Given a session on one of two nodes that has the label
            ActorSystem<Void> node = cluster.start();
            ActorSystem<Void> other = cluster.start();
            TestProbe<Void> session = TestProbe.create(other);
            AckLabels.of(other)
                    .declare("session:1", Set.of("labels:seen"), session.ref())
                    .toCompletableFuture()
                    .join();

            // When
            ConnectivityNode.ask(
                    node, "labels", new ConnectionCommand.Create(connection(broker.uri())));
            await().until(() -> ConnectivityNode.liveStatus(node, "labels").equals("open"));

            // Then
            assertThat(status(node)).contains(NOT_UNIQUE);
            device.publish("labels/in", ACKNOWLEDGEMENT, 1);
            await().until(() -> !device.received().isEmpty());
            assertThat(device.payloads())
                    .allSatisfy(reply ->
                            assertThat(Json.parse(reply).at("/value/error").asText())
                                    .isEqualTo(NOT_UNIQUE));
            assertThat(acknowledgements()).isEmpty();

            // When
            session.stop();

            // Then
            await().until(() -> !status(node).contains(NOT_UNIQUE));
            device.publish("labels/in", ACKNOWLEDGEMENT, 1);
            await().until(() -> !acknowledgements().isEmpty());
        }
    }

    private static final String ACKNOWLEDGEMENT =
            """
            {"topic": "org.x/t/things/twin/acks/labels:seen",
             "headers": {"correlation-id": "c-1"}, "path": "/", "status": 200}
            """;

    private List<Signal> acknowledgements() {
        return nodes.taken().stream()
                .filter(signal -> "labels:seen".equals(signal.topic().action()))
                .toList();
    }

    private static String status(ActorSystem<?> node) {
        return switch (ConnectivityNode.ask(
                node, "labels", new ConnectionCommand.RetrieveStatus())) {
            case ConnectionReply.Report(var json) -> json.toString();
            case ConnectionReply reply -> reply.toString();
        };
    }

    private static Connection connection(String uri) {
        return ConnectionJson.read(
                Json.parse(
                        """
                        {"name": "labels", "connectionType": "mqtt-5", "connectionStatus": "open",
                         "uri": "%s", "clientCount": 2,
                         "sources": [{"addresses": ["labels/in"], "qos": 1,
                                      "authorizationContext": ["nginx:ditto"],
                                      "declaredAcks": ["{{ connection:id }}:seen"],
                                      "replyTarget": {"enabled": true, "address": "labels/reply"}}]}
                        """
                                .formatted(uri)),
                "labels");
    }
}
