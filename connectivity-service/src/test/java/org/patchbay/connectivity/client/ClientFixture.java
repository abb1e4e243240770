package org.patchbay.connectivity.client;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.awaitility.Awaitility;
import org.patchbay.connectivity.client.link.Turns;
import org.patchbay.connectivity.mapping.threads.MappingThreads;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.LogSettings;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.ReportPart;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.connectivity.path.PathSettings;
import org.patchbay.connectivity.path.Retry;
import org.patchbay.connectivity.path.Throttling;
import org.patchbay.connectivity.path.acknowledgement.AckSettings;
import org.patchbay.connectivity.path.publishing.PublishSettings;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.protocol.json.Json;

/** A client actor with fakes around it. */
final class ClientFixture implements AutoCloseable {

    private static final Duration SHORT = Duration.ofMillis(20);

    final ActorTestKit kit = ActorTestKit.create();
    final FakeTransport transport = new FakeTransport();

    /** The fake one, unless a test has something real. */
    Function<ConnectionType, Transport> transports = _ -> transport;

    final FakeBus bus = new FakeBus();
    final FakeLabels labels = new FakeLabels();
    boolean publishFailedEnrichments;
    final FakeTwins twins = new FakeTwins();
    final FakeOthers others = new FakeOthers();

    /** Of the types whose sources are to be slowed down. */
    final Map<ConnectionType, Throttling> throttling = new EnumMap<>(ConnectionType.class);

    /** How many clients connect at once. */
    Turns turns = new Turns(10);

    /** Long enough for a busy machine: a test says when a link is up. */
    Duration connectTimeout = Duration.ofSeconds(30);

    /** After which an attempt that is not answered leaves its turn to the next one. */
    Duration turnMax = Duration.ofHours(1);

    BackOff backOff = new BackOff(SHORT, Duration.ofMillis(100));
    Duration retryBudget = Duration.ofSeconds(3);

    /** Of the clients, in the order in which they were started. */
    final List<ConnectionMonitor> monitors = new CopyOnWriteArrayList<>();

    /** A connection with the id {@code c}; the fields stand in single quotes. */
    static Connection connection(String fields) {
        String json =
                """
                {'id': 'c', 'connectionType': 'mqtt', 'connectionStatus': 'open',
                 'uri': 'tcp://127.0.0.1:1', %s}
                """
                        .formatted(fields);
        return ConnectionJson.read(Json.parse(json.replace('\'', '"')));
    }

    ClientEnvironment environment() {
        return new ClientEnvironment(
                transports,
                EnvelopeMapper.MAPPINGS,
                twins,
                others,
                bus,
                labels,
                (_, _) -> true,
                MappingThreads.of(ForkJoinPool.commonPool(), 5),
                new ClientSettings(
                        connectTimeout,
                        connectTimeout.multipliedBy(2),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        backOff,
                        backOff,
                        10,
                        turnMax,
                        3),
                new PathSettings(
                        16,
                        8,
                        4,
                        100,
                        Duration.ofSeconds(1),
                        publishFailedEnrichments,
                        new Retry(SHORT, SHORT, retryBudget),
                        new PublishSettings(SHORT, SHORT, 5),
                        throttling),
                new AckSettings(SHORT, 200),
                turns,
                this::monitor,
                Clock.systemUTC(),
                "node");
    }

    private ConnectionMonitor monitor(Connection connection) {
        var logs = new LogSettings(100, 100, 250_000, Duration.ofHours(24));
        var monitor = new ConnectionMonitor(connection, Clock.systemUTC(), logs);
        monitors.add(monitor);
        return monitor;
    }

    ActorRef<ClientCommand> start(Connection connection) {
        return start(connection, 0);
    }

    ActorRef<ClientCommand> start(Connection connection, int clientIndex) {
        return kit.spawn(ClientActor.create(connection, clientIndex, environment()));
    }

    /** Starts a client and lets its link be made; gives the link. */
    FakeTransport.Client open(Connection connection, int clientIndex) {
        int before = transport.clients.size();
        bus.known.complete(Done.getInstance());
        ActorRef<ClientCommand> client = start(connection, clientIndex);
        Awaitility.await().until(() -> transport.clients.size() > before);
        FakeTransport.Client link = transport.clients.getLast();
        link.up();
        awaitOpen(client).receiveMessage();
        return link;
    }

    TestProbe<ConnectionReply> awaitOpen(ActorRef<ClientCommand> client) {
        TestProbe<ConnectionReply> probe = kit.createTestProbe(ConnectionReply.class);
        client.tell(new ClientCommand.AwaitOpen(probe.ref()));
        return probe;
    }

    ReportPart report(ActorRef<ClientCommand> client, ReportKind kind) {
        TestProbe<ReportPart> probe = kit.createTestProbe(ReportPart.class);
        client.tell(new ClientCommand.Report(kind, probe.ref()));
        return probe.receiveMessage();
    }

    String liveStatus(ActorRef<ClientCommand> client, Connection connection) {
        return Reports.merge(
                        ReportKind.STATUS, connection, List.of(report(client, ReportKind.STATUS)))
                .get("liveStatus")
                .asText();
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
