package org.patchbay.connectivity.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.Transports;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.client.link.Turns;
import org.patchbay.connectivity.mapping.threads.MappingThreads;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.LogSettings;
import org.patchbay.connectivity.path.PathSettings;
import org.patchbay.connectivity.path.acknowledgement.AckSettings;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** A client actor on a real broker, with fake twins. */
class MessagePathIT {

    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"nginx:ditto": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ"], "revoke": []}}}}}
                            """));

    private static EmbeddedMqttBroker broker;

    private final ActorTestKit kit = ActorTestKit.create();
    private final FakeTwins twins = new FakeTwins();
    private final FakeBus bus = new FakeBus();
    private MqttProbe probe;
    private ActorRef<ClientCommand> client;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedMqttBroker.started();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open() {
        bus.known.complete(Done.getInstance());
        probe = MqttProbe.listening(broker, "path/reply", "path/out/#");
        client = kit.spawn(ClientActor.create(connection(), 0, environment()));
        assertThat(awaitOpen()).isEqualTo(new ConnectionReply.Done());
    }

    @AfterEach
    void close() {
        TestProbe<ConnectionReply> closed = kit.createTestProbe(ConnectionReply.class);
        client.tell(new ClientCommand.Close(closed.ref()));
        closed.receiveMessage();
        probe.close();
        kit.shutdownTestKit();
    }

    @Test
    void a_thousand_commands_reach_their_twins_in_order_and_are_answered() {
        // When
        IntStream.range(0, 1_000).forEach(i -> probe.publish("path/in", command(i), 1));

        // Then
        await().untilAsserted(() -> assertThat(probe.received()).hasSize(1_000));
        for (int thing = 0; thing < 7; thing++) {
            String id = "org.x:t" + thing;
            assertThat(
                            twins.requests.stream()
                                    .filter(request -> request.signal().entityId().equals(id))
                                    .map(request ->
                                            java.util.Objects.requireNonNull(
                                                            request.signal().value())
                                                    .asInt()))
                    .isSorted();
        }
    }

    @Test
    void a_restart_of_the_broker_loses_no_command_and_no_event() {
        // Given
        CompletableFuture<Signal> held = new CompletableFuture<>();
        twins.answer(request ->
                held.isDone() ? CompletableFuture.completedFuture(FakeTwins.agree(request)) : held);
        probe.publish("path/in", command(1), 1);
        await().until(() -> !twins.requests.isEmpty());

        // When
        broker.restart();
        held.completeExceptionally(new java.util.concurrent.TimeoutException("the twin moved"));
        bus.publish(new Publication(event(5), READERS, null, null, null));

        // Then
        await().until(() -> awaitOpen() instanceof ConnectionReply.Done);
        await().untilAsserted(() -> assertThat(twins.requests).hasSizeGreaterThan(1));
        try (MqttProbe after = MqttProbe.listening(broker, "path/out/#")) {
            bus.publish(new Publication(event(6), READERS, null, null, null));
            await().untilAsserted(() -> assertThat(values(after)).contains(6));
        }
    }

    private ConnectionReply awaitOpen() {
        TestProbe<ConnectionReply> reply = kit.createTestProbe(ConnectionReply.class);
        client.tell(new ClientCommand.AwaitOpen(reply.ref()));
        return reply.receiveMessage();
    }

    private static List<Integer> values(MqttProbe at) {
        return at.payloads().stream()
                .map(Json::parse)
                .map(e -> e.get("value"))
                .map(JsonNode::asInt)
                .toList();
    }

    private static String command(int i) {
        String json =
                "{'topic': 'org.x/t%d/things/twin/commands/modify', 'headers': {'correlation-id': 'c-%d'},"
                        + " 'path': '/attributes/x', 'value': %d}";
        return json.formatted(i % 7, i, i).replace('\'', '"');
    }

    private static Signal event(int value) {
        return Signal.event(
                TopicPath.parse("org.x/t/things/twin/events/modified"),
                JsonPointer.parse("/attributes/x"),
                Headers.EMPTY,
                IntNode.valueOf(value),
                value,
                Instant.EPOCH);
    }

    private static Connection connection() {
        String json =
                """
                {"id": "path", "connectionType": "mqtt-5", "connectionStatus": "open", "uri": "%s",
                 "sources": [{"addresses": ["path/in"], "authorizationContext": ["nginx:ditto"], "qos": 1,
                   "replyTarget": {"enabled": true, "address": "path/reply"}}],
                 "targets": [{"address": "path/out/{{ thing:name }}", "topics": ["_/_/things/twin/events"],
                   "authorizationContext": ["nginx:ditto"], "qos": 1}]}
                """;
        return ConnectionJson.read(Json.parse(json.formatted(broker.uri())));
    }

    private ClientEnvironment environment() {
        var config = kit.system().settings().config();
        return new ClientEnvironment(
                new Transports(config)::of,
                EnvelopeMapper.MAPPINGS,
                twins,
                new FakeOthers(),
                bus,
                new FakeLabels(),
                (_, _) -> true,
                MappingThreads.of(ForkJoinPool.commonPool(), 5),
                ClientSettings.of(config),
                PathSettings.of(config),
                AckSettings.of(config),
                new Turns(10),
                one -> new ConnectionMonitor(one, Clock.systemUTC(), LogSettings.of(config)),
                Clock.systemUTC(),
                "node");
    }
}
