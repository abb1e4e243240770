package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;

class ConnectionFailoverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path data;

    private final ConnectivityNode nodes = new ConnectivityNode();

    @Test
    void another_node_takes_an_open_connection_over_and_goes_on_consuming() {
        try (EmbeddedMqttBroker broker = EmbeddedMqttBroker.started();
                MqttProbe device = MqttProbe.at(broker);
                TestCluster cluster = TestCluster.in(data, nodes::guardian)) {
            ActorSystem<Void> first = cluster.start();
            ActorSystem<Void> second = cluster.start();
            Connection connection = SampleConnections.mqtt("failover", broker.uri());
            ConnectivityNode.ask(first, "failover", new ConnectionCommand.Create(connection));
            awaitOpen(first, "failover");
            publish(device, 0, 10);
            awaitTaken(10);
            boolean onFirst = ConnectivityNode.hosts(first, "failover");
            ActorSystem<Void> host = onFirst ? first : second;
            ActorSystem<Void> other = onFirst ? second : first;

            cluster.kill(host);
            publish(device, 10, 20);

            awaitTaken(20);
            assertThat(ConnectivityNode.hosts(other, "failover")).isTrue();
            awaitOpen(other, "failover");
        }
    }

    @Test
    void connections_and_the_index_of_their_ids_outlive_a_kill_of_the_whole_cluster() {
        try (EmbeddedMqttBroker broker = EmbeddedMqttBroker.started()) {
            try (TestCluster cluster = TestCluster.in(data, nodes::guardian)) {
                ActorSystem<Void> node = cluster.start();
                for (String id : List.of("c1", "c2", "c3")) {
                    Connection connection = SampleConnections.mqtt(id, broker.uri());
                    ConnectivityNode.ask(node, id, new ConnectionCommand.Create(connection));
                }
                ConnectivityNode.ask(node, "c2", new ConnectionCommand.Delete(Preconditions.NONE));
                ConnectivityNode.ask(node, "c3", new ConnectionCommand.Close());
                assertThat(ConnectivityNode.ids(node)).containsExactly("c1", "c3");
            }

            try (TestCluster cluster = TestCluster.in(data, nodes::guardian);
                    MqttProbe device = MqttProbe.at(broker)) {
                ActorSystem<Void> node = cluster.start();

                assertThat(ConnectivityNode.ids(node)).containsExactly("c1", "c3");
                awaitOpen(node, "c1");
                assertThat(ConnectivityNode.liveStatus(node, "c3")).isEqualTo("closed");
                publish(device, 0, 1);
                awaitTaken(1);
            }
        }
    }

    @Test
    void a_connection_to_nowhere_is_stored_and_says_why_when_it_is_opened() {
        try (TestCluster cluster = TestCluster.in(data, nodes::guardian)) {
            ActorSystem<Void> node = cluster.start();
            Connection nowhere = SampleConnections.open("nowhere");

            assertThat(ConnectivityNode.ask(node, "nowhere", new ConnectionCommand.Create(nowhere)))
                    .isInstanceOf(ConnectionReply.Created.class);

            assertThat(status(ConnectivityNode.ask(node, "nowhere", new ConnectionCommand.Open())))
                    .isEqualTo(504);
            assertThat(status(ConnectivityNode.ask(node, "x", new ConnectionCommand.Test(nowhere))))
                    .isEqualTo(504);
            assertThat(ConnectivityNode.ids(node)).containsExactly("nowhere");
        }
    }

    private static int status(ConnectionReply reply) {
        return switch (reply) {
            case ConnectionReply.Failed(var problem, _) -> problem.status();
            case ConnectionReply.Tested(var report) when report.problem() != null ->
                    report.problem().status();
            default -> 200;
        };
    }

    private static void publish(MqttProbe device, int from, int to) {
        IntStream.range(from, to)
                .mapToObj(n ->
                        """
                        {"topic": "org.acme/dev/things/twin/commands/modify",
                         "headers": {"correlation-id": "%d"},
                         "path": "/attributes/n", "value": %d}
                        """
                                .formatted(n, n))
                .forEach(message -> device.publish("in/dev", message, 1));
    }

    private static void awaitOpen(ActorSystem<?> node, String id) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> ConnectivityNode.liveStatus(node, id).equals("open"));
    }

    /**
     * Each of the first {@code count} messages arrived, however often, and the first time in order.
     */
    private void awaitTaken(int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> values().size() >= count);
        assertThat(values()).containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
    }

    private List<Integer> values() {
        return nodes.taken().stream()
                .map(signal -> Objects.requireNonNull(signal.value()).intValue())
                .distinct()
                .toList();
    }
}
