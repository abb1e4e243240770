package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.broker.MuteServer;
import org.patchbay.connectivity.connection.LinkType;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** Where the clients of one connection run, and that nobody sees a difference. */
class ClientsOverNodesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SOON = "patchbay.connectivity.clients.move-pause = 100ms";
    private static final String ID = "spread";

    @TempDir Path data;

    private final ConnectivityNode nodes = new ConnectivityNode();
    private final EmbeddedMqttBroker broker = EmbeddedMqttBroker.started();
    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = TestCluster.in(data, nodes::guardian, SOON);
    }

    @AfterEach
    void stop() {
        cluster.close();
        broker.close();
    }

    @Test
    void each_node_has_a_client_and_all_is_told_and_done_as_with_one() {
        // Given
        ActorSystem<Void> first = start("n1");
        ActorSystem<Void> second = start("n2");
        try (MqttProbe device = MqttProbe.listening(broker, "over/out/#", "over/told")) {
            // When
            create(first, connection(2));
            assertThat(ask(second, new ConnectionCommand.Open()))
                    .isInstanceOf(ConnectionReply.Done.class);

            // Then
            awaitOpen(first, "n1", "n2");
            assertThat(place(first, 0)).isEqualTo(entityNode());
            assertThat(broker.connected()).contains(ID, ID + "-1");

            // When
            ask(first, new ConnectionCommand.EnableLogs());
            ask(first, new ConnectionCommand.ResetMetrics());
            IntStream.range(0, 40).forEach(n -> device.publish("over/in", command(n), 1));
            IntStream.range(0, 40).forEach(n -> publishEvent(n % 2 == 0 ? first : second, n));

            // Then
            await().atMost(PATIENCE).until(() -> nodes.taken().size() >= 40);
            await().atMost(PATIENCE).until(() -> sent(device).size() >= 40);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        ObjectNode metrics = report(first, new ConnectionCommand.RetrieveMetrics());
                        assertThat(total(metrics, "inbound", "consumed")).isEqualTo(40);
                        assertThat(total(metrics, "outbound", "published")).isEqualTo(40);
                    });
            assertThat(nodes.taken()).hasSize(40);
            assertThat(sent(device)).hasSize(40).doesNotHaveDuplicates();
            assertThat(report(first, new ConnectionCommand.RetrieveLogs()).get("connectionLogs"))
                    .isNotEmpty();

            // When
            ask(second, new ConnectionCommand.Close());

            // Then
            assertThat(ConnectivityNode.liveStatus(first, ID)).isEqualTo("closed");
            assertThat(broker.connected()).doesNotContain(ID, ID + "-1");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(told(device)).containsOnlyOnce("closed").endsWith("closed"));
        }
    }

    @Test
    @Tag("ci")
    void a_client_moves_to_a_node_that_comes_and_back_when_that_leaves_and_nobody_is_told() {
        // Given
        ActorSystem<Void> first = start("n1");
        try (MqttProbe device = MqttProbe.listening(broker, "over/out/#", "over/told")) {
            create(first, connection(2));
            awaitOpen(first, "n1", "n1");

            // When
            ActorSystem<Void> second = start("n2");

            // Then
            awaitOpen(first, "n1", "n2");
            assertThatEachClientLogs(first);
            IntStream.range(0, 20).forEach(n -> publishEvent(second, n));
            await().atMost(PATIENCE).until(() -> sent(device).size() == 20);

            // When
            cluster.leave(second);

            // Then
            awaitOpen(first, "n1", "n1");
            IntStream.range(20, 40).forEach(n -> publishEvent(first, n));
            await().atMost(PATIENCE).until(() -> sent(device).size() == 40);
            assertThat(told(device)).doesNotContain("closed");
            assertThatEachClientLogs(first);
        }
    }

    /** Those that have moved, too: each has told in the log that it is connected. */
    private static void assertThatEachClientLogs(ActorSystem<Void> node) {
        ObjectNode logs = report(node, new ConnectionCommand.RetrieveLogs());
        assertThat(logs.get("connectionLogs").findValuesAsText("message"))
                .filteredOn("Connected."::equals)
                .hasSize(2);
        assertThat(logs.get("enabledUntil").asText()).isNotEmpty();
    }

    @Test
    @Tag("ci")
    void clients_come_back_on_other_nodes_when_theirs_are_killed() {
        // Given
        Map<String, ActorSystem<Void>> byName = new TreeMap<>();
        List.of("n1", "n2", "n3").forEach(name -> byName.put(name, start(name)));
        try (MqttProbe device = MqttProbe.listening(broker, "over/out/#")) {
            create(byName.get("n1"), connection(3));
            awaitOpen(byName.get("n1"), "n1", "n2", "n3");
            String entity = entityNode();
            String other =
                    byName.keySet().stream()
                            .filter(it -> !it.equals(entity))
                            .findFirst()
                            .orElseThrow();

            // When
            cluster.kill(byName.remove(other));

            // Then
            cluster.awaitAllUp();
            ActorSystem<Void> asked = byName.get(entity);
            await().atMost(PATIENCE)
                    .until(() -> new TreeSet<>(places(asked)).equals(byName.keySet()));
            awaitOpen(asked, places(asked).toArray(String[]::new));
            assertThat(places(asked)).hasSize(3);
            IntStream.range(0, 30).forEach(n -> publishEvent(asked, n));
            await().atMost(PATIENCE).until(() -> sent(device).size() == 30);

            // When
            cluster.kill(byName.remove(entity));

            // Then
            cluster.awaitAllUp();
            String left = byName.keySet().iterator().next();
            ActorSystem<Void> last = byName.get(left);
            awaitOpen(last, left, left, left);
            IntStream.range(30, 60).forEach(n -> publishEvent(last, n));
            await().atMost(PATIENCE).until(() -> sent(device).size() == 60);
            assertThat(sent(device)).doesNotHaveDuplicates();
        }
    }

    @Test
    @Tag("ci")
    void a_changed_connection_has_clients_of_its_new_form_only_and_a_deleted_one_none() {
        // Given
        ActorSystem<Void> node = start("n1");
        start("n2");
        create(node, connection(2));
        awaitOpen(node, "n1", "n2");

        // When
        ask(node, new ConnectionCommand.Modify(connection(4), Preconditions.NONE));

        // Then
        awaitOpen(node, "n1", "n1", "n2", "n2");

        // When
        ask(node, new ConnectionCommand.Modify(connection(1), Preconditions.NONE));

        // Then
        awaitOpen(node, entityNode());
        assertThat(broker.connected()).contains(ID).doesNotContain(ID + "-1", ID + "-2");

        // When
        ask(node, new ConnectionCommand.Modify(connection(2), Preconditions.NONE));
        awaitOpen(node, "n1", "n2");
        ask(node, new ConnectionCommand.Delete(Preconditions.NONE));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(broker.connected()).isEmpty());
    }

    @Test
    @Tag("ci")
    void a_connection_is_closed_while_its_clients_on_both_nodes_connect() {
        // Given
        ActorSystem<Void> node = start("n1");
        start("n2");
        try (MuteServer mute = MuteServer.started()) {
            ObjectNode json = ConnectionJson.write(LinkType.AMQP_091.at(mute.port(), "any"));
            create(node, ConnectionJson.read(json.put("clientCount", 2), ID));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(places(node)).containsExactlyInAnyOrder("n1", "n2"));
            await().atMost(PATIENCE).until(() -> mute.open() == 2);

            // When
            ConnectionReply closed = ask(node, new ConnectionCommand.Close());

            // Then
            assertThat(closed).isEqualTo(new ConnectionReply.Done());
            assertThat(ConnectivityNode.liveStatus(node, ID)).isEqualTo("closed");
            await().atMost(PATIENCE).until(() -> mute.open() == 0);
        }
    }

    @Test
    @Tag("ci")
    void all_clients_stay_on_one_node_where_that_is_wanted() {
        // Given
        String one = "ditto.connectivity.connection.all-client-actors-on-one-node = true";
        ActorSystem<Void> node = cluster.start("patchbay.instance = n1\n" + one);
        cluster.start("patchbay.instance = n2\n" + one);

        // When
        create(node, connection(3));

        // Then
        await().atMost(PATIENCE).until(() -> places(node).size() == 3);
        String entity = entityNode();
        awaitOpen(node, entity, entity, entity);
    }

    private ActorSystem<Void> start(String name) {
        return cluster.start("patchbay.instance = " + name);
    }

    /** The name of the node that has the connection's entity. */
    private String entityNode() {
        return cluster.nodes().stream()
                .filter(node -> ConnectivityNode.hosts(node, ID))
                .map(node -> node.settings().config().getString("patchbay.instance"))
                .findFirst()
                .orElseThrow();
    }

    /** The names of the nodes that have the clients, in no order. */
    private static List<String> places(ActorSystem<Void> node) {
        List<String> places = new ArrayList<>();
        report(node, new ConnectionCommand.RetrieveStatus())
                .get("clientStatus")
                .forEach(client ->
                        places.add(client.get("client").asText().replaceFirst("-[0-9]+$", "")));
        return places;
    }

    private static String place(ActorSystem<Void> node, int index) {
        for (var client :
                report(node, new ConnectionCommand.RetrieveStatus()).get("clientStatus")) {
            String name = client.get("client").asText();
            if (name.endsWith("-" + index)) {
                return name.replaceFirst("-[0-9]+$", "");
            }
        }
        throw new AssertionError("There is no client " + index);
    }

    private static void create(ActorSystem<Void> node, Connection connection) {
        assertThat(ask(node, new ConnectionCommand.Create(connection)))
                .isInstanceOf(ConnectionReply.Created.class);
    }

    private static void awaitOpen(ActorSystem<Void> node, String... places) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(ConnectivityNode.liveStatus(node, ID)).isEqualTo("open");
                    assertThat(places(node)).containsExactlyInAnyOrder(places);
                });
    }

    private static ConnectionReply ask(ActorSystem<Void> node, ConnectionCommand command) {
        return ConnectivityNode.ask(node, ID, command);
    }

    private static ObjectNode report(ActorSystem<Void> node, ConnectionCommand command) {
        return ((ConnectionReply.Report) ask(node, command)).json();
    }

    private static long total(ObjectNode metrics, String direction, String type) {
        return metrics.at("/connectionMetrics/" + direction + "/" + type + "/success/PT24H")
                .asLong();
    }

    /** The numbers of the events that have left. */
    private static List<Integer> sent(MqttProbe device) {
        return device.received().stream()
                .filter(message -> message.getTopic().toString().startsWith("over/out/"))
                .map(message -> Json.parse(MqttProbe.payload(message)).at("/value").asInt())
                .toList();
    }

    /** What was announced of the connection. */
    private static List<String> told(MqttProbe device) {
        return device.received().stream()
                .filter(message -> message.getTopic().toString().equals("over/told"))
                .map(message -> Json.parse(MqttProbe.payload(message)).at("/topic").asText())
                .map(topic -> topic.substring(topic.lastIndexOf('/') + 1))
                .toList();
    }

    private static String command(int n) {
        return """
        {"topic": "org.x/t%d/things/twin/commands/modify", "headers": {"correlation-id": "%d"},
         "path": "/attributes/n", "value": %d}
        """
                .formatted(n % 7, n, n);
    }

    private static void publishEvent(ActorSystem<Void> node, int n) {
        Signal event =
                Signal.event(
                        TopicPath.parse("org.x/t" + n + "/things/twin/events/modified"),
                        JsonPointer.parse("/attributes/n"),
                        Headers.EMPTY,
                        Json.parse(String.valueOf(n)),
                        1L,
                        Instant.parse("2026-01-02T03:04:05Z"));
        SignalBus.of(node).publish(new Publication(event, READERS, null, null, null));
    }

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"e": {"subjects": {"nginx:ditto": {"type": "t"}},
                             "resources": {"thing:/": {"grant": ["READ"], "revoke": []}}}}}
                            """));

    private Connection connection(int clientCount) {
        return ConnectionJson.read(
                Json.parse(
                        """
                        {"name": "spread", "connectionType": "mqtt-5", "connectionStatus": "open",
                         "uri": "%s", "clientCount": %d,
                         "sources": [{"addresses": ["$share/g/over/in"], "qos": 1,
                                      "authorizationContext": ["nginx:ditto"]}],
                         "targets": [{"address": "over/out/{{ thing:name }}", "qos": 1,
                                      "topics": ["_/_/things/twin/events"],
                                      "authorizationContext": ["nginx:ditto"]},
                                     {"address": "over/told", "qos": 1,
                                      "topics": ["_/_/connections/announcements"],
                                      "authorizationContext": ["nginx:ditto"]}]}
                        """
                                .formatted(broker.uri(), clientCount)),
                ID);
    }
}
