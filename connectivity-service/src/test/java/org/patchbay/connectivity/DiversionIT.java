package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.path.outbound.ClientShare;
import org.patchbay.protocol.json.Json;

/** Responses that leave by another connection, on this node or another, over a real broker. */
class DiversionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SOON = "patchbay.connectivity.clients.move-pause = 100ms";
    private static final int COMMANDS = 40;

    @TempDir Path data;

    private final ConnectivityNode nodes = new ConnectivityNode();

    @Test
    void each_response_leaves_once_and_in_order_by_whatever_node_has_the_other_connection() {
        try (EmbeddedMqttBroker broker = EmbeddedMqttBroker.started();
                MqttProbe device = MqttProbe.listening(broker, "reply", "r/#");
                TestCluster cluster = TestCluster.in(data, nodes::guardian, SOON)) {
            // Given
            ActorSystem<Void> first = cluster.start("patchbay.instance = n1");
            ActorSystem<Void> second = cluster.start("patchbay.instance = n2");
            String here = receiverOn(first, broker);
            String there = receiverOn(second, broker);
            open(first, source(broker.uri(), here, there));
            assertThatBothNodesPublish(first, here, 0);
            assertThatBothNodesPublish(first, there, 1);

            // When
            IntStream.range(0, COMMANDS)
                    .forEach(i -> device.publish("in/" + i % 2, command("t" + i % 6, i), 1));
            device.publish("in/2", command("stranger", 1_000), 1);

            // Then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(device.received()).hasSize(COMMANDS));
            for (int thing = 0; thing < 6; thing++) {
                String target =
                        thing % 2 == 0
                                ? "r/" + here + "/first/t" + thing
                                : "r/" + there + "/second/t" + thing;
                int remainder = thing;
                assertThat(sentTo(device, target))
                        .containsExactlyElementsOf(
                                IntStream.range(0, COMMANDS)
                                        .filter(i -> i % 6 == remainder)
                                        .boxed()
                                        .toList());
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(logs(second, here))
                                    .anyMatch(text -> text.contains("no target 3")));
        }
    }

    /**
     * That a receiver has a client on each node, and each of them things to publish for.
     *
     * @param remainder what is left of its things' numbers, divided by two
     */
    private static void assertThatBothNodesPublish(
            ActorSystem<Void> node, String receiver, int remainder) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode status = status(node, receiver);
                    assertThat(status.get("liveStatus").asText()).isEqualTo("open");
                    assertThat(status.findValuesAsText("client"))
                            .anyMatch(client -> client.startsWith("n1-"))
                            .anyMatch(client -> client.startsWith("n2-"));
                });
        assertThat(
                        IntStream.range(0, 6)
                                .filter(thing -> thing % 2 == remainder)
                                .map(thing -> ClientShare.owner("org.x:t" + thing, 2)))
                .contains(0, 1);
    }

    private static JsonNode status(ActorSystem<Void> node, String id) {
        ConnectionReply reply =
                ConnectivityNode.ask(node, id, new ConnectionCommand.RetrieveStatus());
        return ((ConnectionReply.Report) reply).json();
    }

    /** The id of a new receiver whose entity runs on this node. */
    private static String receiverOn(ActorSystem<Void> node, EmbeddedMqttBroker broker) {
        for (int i = 0; i < 30; i++) {
            String id = "receiver-" + i;
            if (!ConnectivityNode.ids(node).contains(id)) {
                open(node, receiver(id, broker.uri()));
                if (ConnectivityNode.hosts(node, id)) {
                    return id;
                }
            }
        }
        throw new AssertionError("All of them run on the other node.");
    }

    private static void open(ActorSystem<Void> node, Connection connection) {
        ConnectivityNode.ask(node, connection.id(), new ConnectionCommand.Create(connection));
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> ConnectivityNode.liveStatus(node, connection.id()).equals("open"));
    }

    private static List<Integer> sentTo(MqttProbe device, String topic) {
        return device.received().stream()
                .filter(message -> message.getTopic().toString().equals(topic))
                .map(message -> Json.parse(MqttProbe.payload(message)))
                .map(reply -> reply.at("/headers/correlation-id").asInt())
                .toList();
    }

    private static List<String> logs(ActorSystem<Void> node, String id) {
        ConnectionReply reply =
                ConnectivityNode.ask(node, id, new ConnectionCommand.RetrieveLogs());
        List<String> messages = new ArrayList<>();
        if (reply instanceof ConnectionReply.Report(var json)) {
            for (JsonNode entry : json.get("connectionLogs")) {
                messages.add(entry.get("message").asText());
            }
        }
        return messages;
    }

    private static String command(String thing, int i) {
        String json =
                "{'topic': 'org.x/%s/things/twin/commands/modify', 'headers': {'correlation-id': '%d'},"
                        + " 'path': '/attributes/x', 'value': %d}";
        return json.formatted(thing, i, i).replace('\'', '"');
    }

    private static Connection receiver(String id, String uri) {
        return read(
                id,
                """
                {'connectionType': 'mqtt-5', 'connectionStatus': 'open', 'uri': '%s', 'clientCount': 2,
                 'targets': [
                   {'address': 'r/{{ connection:id }}/first/{{ thing:name }}', 'topics': [], 'qos': 1,
                    'authorizationContext': ['nginx:ditto']},
                   {'address': 'r/{{ connection:id }}/second/{{ thing:name }}', 'topics': [], 'qos': 1,
                    'authorizationContext': ['nginx:ditto']}],
                 'specificConfig': {'is-diversion-target': 'true',
                                    'authorized-connections-as-sources': 'commands'}}
                """,
                uri);
    }

    private static Connection source(String uri, String here, String there) {
        return read(
                "commands",
                """
                {'connectionType': 'mqtt-5', 'connectionStatus': 'open', 'uri': '%s',
                 'sources': [
                   {'addresses': ['in/0'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                    'headerMapping': {'divert-response-to-connection': '%s'},
                    'replyTarget': {'enabled': true, 'address': 'reply'}},
                   {'addresses': ['in/1'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                    'headerMapping': {'divert-response-to-connection': '%s'},
                    'replyTarget': {'enabled': true, 'address': 'reply'}},
                   {'addresses': ['in/2'], 'authorizationContext': ['nginx:ditto'], 'qos': 1,
                    'headerMapping': {'divert-response-to-connection': '%s'}}],
                 'specificConfig': {'is-diversion-source': 'true'}}
                """,
                uri,
                here,
                there,
                here);
    }

    private static Connection read(String id, String json, Object... values) {
        return ConnectionJson.read(Json.parse(json.formatted(values).replace('\'', '"')), id);
    }
}
