package org.patchbay.connectivity.transport;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;

/** A transport client with everything it has told and handed on so far. */
public final class LinkUnderTest implements LinkEvents, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NEVER_OVER = PATIENCE.multipliedBy(20);
    private static final Duration POLL = Duration.ofMillis(5);

    private final ActorSystem<?> system;
    private final Connection connection;
    private final TransportClient client;
    private final List<Failure> lost = new CopyOnWriteArrayList<>();
    private final List<String> dropped = new CopyOnWriteArrayList<>();
    private final List<String> impairments = new CopyOnWriteArrayList<>();
    private final List<Inbound> received = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Done>> streams = new CopyOnWriteArrayList<>();

    private LinkUnderTest(
            ActorSystem<?> system,
            Transport transport,
            Connection connection,
            BiPredicate<String, InetAddress> allowed,
            Duration connectTimeout) {
        this.system = system;
        this.connection = connection;
        client =
                transport.client(
                        connection, new ClientContext(system, 0, allowed, connectTimeout, this));
    }

    static ClientContext context(ActorSystem<?> system, LinkEvents events) {
        return new ClientContext(system, 0, (host, address) -> true, PATIENCE, events);
    }

    /** Not connected yet. */
    public static LinkUnderTest of(
            ActorSystem<?> system, Transport transport, Connection connection) {
        return of(system, transport, connection, (host, address) -> true);
    }

    /**
     * The same with a policy for hosts.
     *
     * @param allowed whether a host may be connected to at an address
     */
    public static LinkUnderTest of(
            ActorSystem<?> system,
            Transport transport,
            Connection connection,
            BiPredicate<String, InetAddress> allowed) {
        return new LinkUnderTest(system, transport, connection, allowed, PATIENCE);
    }

    /** Not connected yet, and with more time for it than anybody here waits. */
    public static LinkUnderTest inNoHurry(
            ActorSystem<?> system, Transport transport, Connection connection) {
        return new LinkUnderTest(
                system, transport, connection, (host, address) -> true, NEVER_OVER);
    }

    /** Connected, and consuming every source. */
    public static LinkUnderTest consuming(
            ActorSystem<?> system,
            Transport transport,
            Connection connection,
            Consumer<Inbound> each) {
        LinkUnderTest link = of(system, transport, connection);
        done(link.client.connect());
        link.connection.sources().forEach(source -> done(link.consume(source, each)));
        return link;
    }

    /** Connected, but consuming nothing. */
    public static LinkUnderTest connected(
            ActorSystem<?> system, Transport transport, Connection connection) {
        LinkUnderTest link = of(system, transport, connection);
        done(link.client.connect());
        return link;
    }

    /** What is materialized: the answer to the subscription. */
    public CompletionStage<Done> consume(Source source, Consumer<Inbound> each) {
        var running =
                client.consume(source)
                        .toMat(
                                Sink.foreach(message -> {
                                    received.add(message);
                                    each.accept(message);
                                }),
                                Keep.both())
                        .run(system);
        streams.add(running.second().toCompletableFuture());
        return running.first();
    }

    public TransportClient client() {
        return client;
    }

    public List<Failure> lost() {
        return lost;
    }

    public List<String> dropped() {
        return dropped;
    }

    /** What it can't do at present. */
    public List<String> impairments() {
        return impairments;
    }

    public List<Inbound> received() {
        return List.copyOf(received);
    }

    public List<String> payloads() {
        return received().stream().map(LinkUnderTest::payload).toList();
    }

    /** When the streams of all sources have ended, with a failure or without. */
    public List<CompletableFuture<Done>> streams() {
        return List.copyOf(streams);
    }

    public static String payload(Inbound message) {
        return StandardCharsets.UTF_8.decode(message.payload().duplicate()).toString();
    }

    public static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public static ConditionFactory patiently() {
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL);
    }

    @Override
    public void lost(Failure failure) {
        lost.add(failure);
    }

    @Override
    public void dropped(String address, String reason) {
        dropped.add(address);
    }

    @Override
    public void impaired(String what) {
        impairments.add(what);
    }

    @Override
    public void recovered() {
        impairments.clear();
    }

    @Override
    public void close() {
        done(client.close());
    }
}
