package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.pekko.actor.typed.ActorSystem;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.KafkaProbe;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.transport.page.ProtocolPage;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** A Hono connection on a node, from what devices send to the commands they get, over Kafka. */
class HonoIT {

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"hono:applications": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ"], "revoke": []},
                                "message:/": {"grant": ["READ"], "revoke": []}}}}}
                            """));

    private static final String ID = "hono-connection";

    @TempDir Path data;

    private final ConnectivityNode nodes = new ConnectivityNode();

    @Test
    void what_devices_send_reaches_twins_and_commands_reach_devices_and_come_back() {
        try (EmbeddedKafka kafka = EmbeddedKafka.started();
                KafkaProbe device = KafkaProbe.at(kafka).listen("hono.command.example-tenant");
                TestCluster cluster = TestCluster.in(data, nodes::guardian, settings(kafka))) {
            for (String alias : List.of("telemetry", "event", "command_response")) {
                device.createTopic("hono." + alias + ".example-tenant", 1);
            }
            ActorSystem<Void> node = cluster.start();
            ConnectivityNode.ask(node, ID, new ConnectionCommand.Create(example()));
            patiently()
                    .ignoreExceptions()
                    .until(() -> ConnectivityNode.liveStatus(node, ID).equals("open"));

            send(device, "telemetry", "org.x:d1", modify("d1", 1));
            send(device, "event", "org.x:d1", modify("d1", 2));
            send(device, "event", "org.x:somebody-else", modify("d1", 3));

            patiently().until(() -> device.heard().size() == 3);
            assertThat(nodes.taken())
                    .extracting(taken -> String.valueOf(taken.value()))
                    .containsExactlyInAnyOrder("1", "2");
            assertThat(headers(replyTo(device, "c-1")))
                    .containsEntry("device_id", "org.x:d1")
                    .containsEntry("subject", "modify-response")
                    .containsEntry("correlation-id", "c-1");
            assertThat(key(replyTo(device, "c-1"))).isEqualTo("org.x:d1");
            assertThat(headers(replyTo(device, "c-3"))).containsKey("subject");

            SignalBus.of(node).publish(new Publication(question(), READERS, null, null, null));

            patiently().until(() -> device.heard().size() == 4);
            ConsumerRecord<byte[], byte[]> command = device.heard().getLast();
            assertThat(key(command)).isEqualTo("org.x:d1");
            assertThat(headers(command))
                    .containsEntry("device_id", "org.x:d1")
                    .containsEntry("subject", "ask")
                    .containsEntry("response-required", "true")
                    .containsEntry("correlation-id", "m-1")
                    .containsEntry("own", ID);

            send(device, "command_response", "org.x:d1", answer());

            patiently().until(() -> nodes.taken().size() == 3);
            assertThat(nodes.taken().getLast().status()).isEqualTo(200);
            assertThat(nodes.taken().getLast().headers().correlationId()).isEqualTo("m-1");
            assertThatTopicsAreShown(node);
        }
    }

    /** What the page shows, with headers of its own; one of them is Hono's. */
    private static Connection example() {
        String text = ProtocolPage.named("hono").example().orElseThrow();
        ObjectNode json = (ObjectNode) Json.parse(text);
        ObjectNode target = (ObjectNode) json.at("/targets/0");
        target.putObject("headerMapping")
                .put("subject", "not this")
                .put("own", "{{ connection:id }}");
        return ConnectionJson.read(json, ID);
    }

    private static void assertThatTopicsAreShown(ActorSystem<Void> node) {
        String[] sources = {
            "hono.telemetry.example-tenant",
            "hono.event.example-tenant",
            "hono.command_response.example-tenant"
        };
        String target = "hono.command.example-tenant/{{thing:id}}";
        JsonNode status = report(node, new ConnectionCommand.RetrieveStatus());
        assertThat(status.get("sourceStatus"))
                .extracting(one -> one.get("address").asText())
                .containsExactly(sources);
        assertThat(status.get("targetStatus"))
                .extracting(one -> one.get("address").asText())
                .containsExactly(target);
        JsonNode metrics = report(node, new ConnectionCommand.RetrieveMetrics());
        assertThat(metrics.at("/sourceMetrics/addressMetrics").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(sources);
        assertThat(metrics.at("/targetMetrics/addressMetrics").fieldNames())
                .toIterable()
                .contains(target);
        var shown =
                (ConnectionReply.Retrieved)
                        ConnectivityNode.ask(node, ID, new ConnectionCommand.RetrieveHono());
        assertThat(shown.stored().connection().targets().getFirst().address()).isEqualTo(target);
    }

    private static JsonNode report(ActorSystem<Void> node, ConnectionCommand command) {
        return ((ConnectionReply.Report) ConnectivityNode.ask(node, ID, command)).json();
    }

    private static String settings(EmbeddedKafka kafka) {
        return """
        ditto.connectivity.hono {
          base-uri = "tcp://127.0.0.1:%1$d", bootstrap-servers = "127.0.0.1:%1$d"
          sasl-mechanism = SCRAM-SHA-512, username = "%2$s", password = "%3$s"
        }
        """
                .formatted(kafka.saslPort(), TestBroker.USER, TestBroker.PASSWORD);
    }

    /** As an adapter of Hono passes it on. */
    private static void send(KafkaProbe device, String alias, String id, String payload) {
        device.send("hono." + alias + ".example-tenant", id, Map.of("device_id", id), payload);
    }

    private static String modify(String thing, int number) {
        return """
        {"topic": "org.x/%s/things/twin/commands/modify", "path": "/attributes/x", "value": %2$d,
         "headers": {"correlation-id": "c-%2$d", "response-required": true}}
        """
                .formatted(thing, number);
    }

    private static Signal question() {
        return Signal.command(
                TopicPath.parse("org.x/d1/things/live/messages/ask"),
                JsonPointer.parse("/inbox/messages/ask"),
                Headers.of(Map.of("correlation-id", "m-1", "response-required", "true")),
                TextNode.valueOf("how warm?"));
    }

    private static String answer() {
        return """
        {"topic": "org.x/d1/things/live/messages/ask", "path": "/inbox/messages/ask",
         "headers": {"correlation-id": "m-1"}, "value": "23.42 °C", "status": 200}
        """;
    }

    private static ConsumerRecord<byte[], byte[]> replyTo(KafkaProbe device, String correlationId) {
        return device.heard().stream()
                .filter(one -> correlationId.equals(headers(one).get("correlation-id")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No reply to " + correlationId));
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> message) {
        Map<String, String> headers = new TreeMap<>();
        message.headers().forEach(one -> headers.put(one.key(), text(one.value())));
        return headers;
    }

    private static String key(ConsumerRecord<byte[], byte[]> message) {
        return text(message.key());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }
}
