package org.patchbay.connectivity.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.Transports;
import org.patchbay.connectivity.client.link.Turns;
import org.patchbay.connectivity.mapping.threads.MappingThreads;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.LogSettings;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.ReportPart;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.connectivity.monitoring.account.PathTotals;
import org.patchbay.connectivity.path.PathSettings;
import org.patchbay.connectivity.path.acknowledgement.AckSettings;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;

/** A client actor with its real transport, set as the actor system says, and fake twins. */
public final class ClientOnBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String THING = "org.x/t/things/twin/";
    private static final JsonPointer AT = JsonPointer.parse("/attributes/x");
    private static final PolicyView READERS =
            PolicyView.of(
                    Json.parse(
                            """
                            {"entries": {"E": {"subjects": {"nginx:ditto": {"type": "x"}},
                              "resources": {"thing:/": {"grant": ["READ"], "revoke": []}}}}}
                            """));

    /** So long that a message is more than a packet. */
    private static final String FILLER = "filler ".repeat(300);

    private final ActorTestKit kit;
    private final Connection connection;
    private final FakeTwins twins = new FakeTwins();
    private final FakeBus bus = new FakeBus();
    private final ConnectionMonitor monitor;
    private final ActorRef<ClientCommand> client;
    private volatile CompletableFuture<Signal> held = new CompletableFuture<>();

    private ClientOnBroker(ActorTestKit kit, Connection connection) {
        this.kit = kit;
        this.connection = connection;
        bus.known.complete(Done.getInstance());
        var config = kit.system().settings().config();
        monitor = new ConnectionMonitor(connection, Clock.systemUTC(), LogSettings.of(config));
        var environment =
                new ClientEnvironment(
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
                        _ -> monitor,
                        Clock.systemUTC(),
                        "node");
        client = kit.spawn(ClientActor.create(connection, 0, environment));
    }

    /** Returns when it is open, however many attempts a busy machine takes for that. */
    public static ClientOnBroker opened(ActorTestKit kit, Connection connection) {
        ClientOnBroker made = new ClientOnBroker(kit, connection);
        Awaitility.await(connection.uri().toString())
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> made.status().get("liveStatus").asText().equals("open"));
        return made;
    }

    /** What a device sends to change the twin to this number. */
    public static String command(int number) {
        String json =
                "{'topic': '%scommands/modify', 'headers': {'correlation-id': 'c-%d', 'response-required': false},"
                        + " 'path': '%s', 'value': {'number': %d, 'filler': '%s'}}";
        return json.formatted(THING, number, AT, number, FILLER).replace('\'', '"');
    }

    /** The number in a message of a target. */
    public static int number(String message) {
        return Json.parse(message).get("value").get("number").asInt();
    }

    /** The twin changes to this number, which targets tell. */
    public void changes(int number) {
        changes(number, FILLER);
    }

    /** The same with much beside the number. */
    public void changes(int number, String filler) {
        ObjectNode value = (ObjectNode) Json.parse("{}");
        value.put("number", number).put("filler", filler);
        bus.publish(
                new Publication(
                        Signal.event(
                                TopicPath.parse(THING + "events/modified"),
                                AT,
                                Headers.EMPTY,
                                value,
                                number,
                                Instant.EPOCH),
                        READERS,
                        null,
                        null,
                        null));
    }

    /** What the twin was asked to change to, in order; the same again where it was asked again. */
    public List<Integer> asked() {
        return twins.requests.stream()
                .map(request -> Objects.requireNonNull(request.signal().value()).get("number"))
                .map(JsonNode::asInt)
                .toList();
    }

    /** From now on the twin does not answer, so that no message is acknowledged. */
    public void holdAnswers() {
        held = new CompletableFuture<>();
        CompletableFuture<Signal> answer = held;
        twins.answer(_ -> answer);
    }

    /** The twin answers again; what it was asked before is not answered any more. */
    public void answerAgain() {
        twins.answer(request -> CompletableFuture.completedFuture(FakeTwins.agree(request)));
        held.completeExceptionally(new TimeoutException("the twin moved"));
    }

    /** As a user sees it. */
    public JsonNode status() {
        TestProbe<ReportPart> probe = kit.createTestProbe(ReportPart.class);
        client.tell(new ClientCommand.Report(ReportKind.STATUS, probe.ref()));
        ReportPart part = probe.receiveMessage(PATIENCE);
        return Reports.merge(ReportKind.STATUS, connection, List.of(part));
    }

    /** What its log says of the connection itself, oldest first: success or failure, and words. */
    public List<String> log() {
        return log("connection");
    }

    /** The same of what its targets publish. */
    public List<String> targetLog() {
        return log("target");
    }

    private List<String> log(String category) {
        return StreamSupport.stream(
                        monitor.log().toJson().get("connectionLogs").spliterator(), false)
                .filter(entry -> entry.get("category").asText().equals(category))
                .map(entry -> entry.get("level").asText() + ": " + entry.get("message").asText())
                .toList();
    }

    public PathTotals totals() {
        return monitor.totals();
    }

    @Override
    public void close() {
        TestProbe<ConnectionReply> closed = kit.createTestProbe(ConnectionReply.class);
        client.tell(new ClientCommand.Close(closed.ref()));
        closed.receiveMessage(PATIENCE);
    }
}
