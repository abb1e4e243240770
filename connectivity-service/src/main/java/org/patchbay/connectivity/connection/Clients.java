package org.patchbay.connectivity.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.client.host.ClientNodes;
import org.patchbay.connectivity.client.host.Placement;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.ReportPart;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.connectivity.path.outbound.ClientShare;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of one connection: children that are clients, or stand in for clients on other nodes.
 * New ones start only when the old ones have ended, so that two never share a session with a
 * broker. Used by the entity's actor alone.
 */
final class Clients {

    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    /** What the entity's actor gets about its clients and hands back to {@link Clients#on}. */
    sealed interface Signal {

        record Ended(ActorRef<ClientCommand> client) implements Signal {}

        /** Clients have had their time to close. */
        record CloseOverdue(Set<ActorRef<ClientCommand>> clients) implements Signal {}

        /** A client that ended unasked is started again. */
        record Restart(Connection connection, int index) implements Signal {}

        /** Nodes have come or gone. */
        record NodesChanged() implements Signal {}

        /** It has been quiet since. */
        record Rebalance() implements Signal {}
    }

    /**
     * @param node where it runs, by name
     */
    private record Running(ActorRef<ClientCommand> client, String node) {}

    private final String id;
    private final ActorContext<Object> context;
    private final ClientFactory factory;
    private final ClientNodes nodes;
    private final ConnectionSettings settings;
    private final Map<Integer, Running> running = new TreeMap<>();

    /** Those that ended unasked and are started again in a moment, by index. */
    private final Set<Integer> pausing = new HashSet<>();

    private final Set<ActorRef<ClientCommand>> closing = new HashSet<>();
    private final List<CompletableFuture<ConnectionReply>> awaitingOpen = new ArrayList<>();
    private final List<CompletableFuture<Void>> awaitingClosed = new ArrayList<>();
    private @Nullable Connection wanted;
    private @Nullable Cancellable rebalance;

    Clients(String id, ActorContext<Object> context, EntityEnvironment environment) {
        this.id = id;
        this.context = context;
        this.factory = environment.clients();
        this.nodes = environment.nodes();
        this.settings = environment.settings();
    }

    /** Starts clients, once those that run or close have ended. */
    void start(Connection connection) {
        endAll();
        wanted = connection;
        if (isSpread(connection)) {
            nodes.watch(
                    context.messageAdapter(
                            ClientNodes.Changed.class, _ -> new Signal.NodesChanged()));
        }
        proceed();
    }

    void stop() {
        endAll();
        proceed();
    }

    private void endAll() {
        wanted = null;
        pausing.clear();
        end(List.copyOf(running.keySet()), ClientCommand.Close::new);
    }

    void on(Signal signal) {
        switch (signal) {
            case Signal.Ended(var client) when closing.remove(client) -> proceed();
            case Signal.Ended(var client) -> endedUnasked(client);
            case Signal.CloseOverdue(var late) ->
                    late.stream().filter(closing::contains).forEach(context::stop);
            case Signal.Restart(var connection, int index) when connection == wanted -> {
                pausing.remove(index);
                proceed();
            }
            case Signal.Restart _ -> LOG.trace("The client is not wanted any more.");
            case Signal.NodesChanged _ -> rebalanceSoon();
            case Signal.Rebalance _ -> rebalance();
        }
    }

    /** Done when all clients are open, else the first failure. */
    CompletionStage<ConnectionReply> open() {
        if (wanted != null && closing.isEmpty() && pausing.isEmpty()) {
            return askOpen();
        }
        CompletableFuture<ConnectionReply> opened = new CompletableFuture<>();
        awaitingOpen.add(opened);
        proceed();
        return opened;
    }

    CompletionStage<Void> closed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        awaitingClosed.add(closed);
        proceed();
        return closed;
    }

    void tell(ClientCommand command) {
        running.values().forEach(one -> one.client().tell(command));
    }

    /**
     * What the clients report. One that does not answer in time is missing, and its status is not
     * known.
     */
    CompletionStage<List<ReportPart>> report(ReportKind kind, Instant now) {
        CompletionStage<List<ReportPart>> answers =
                all(client ->
                                AskPattern.<ClientCommand, ReportPart>ask(
                                                client,
                                                replyTo -> new ClientCommand.Report(kind, replyTo),
                                                REPORT_TIMEOUT,
                                                context.getSystem().scheduler())
                                        .<List<ReportPart>>handle((part, failure) ->
                                                failure == null ? List.of(part) : List.of()))
                        .thenApply(parts -> parts.stream().flatMap(List::stream).toList());
        int expected = wanted == null ? 0 : wanted.clientCount();
        return kind == ReportKind.STATUS
                ? answers.thenApply(parts -> Reports.withSilent(parts, expected, now))
                : answers;
    }

    /**
     * Hands a response to the one client that publishes what concerns its entity; unavailable where
     * that client is not there right now.
     */
    CompletionStage<ConnectionReply> take(ConnectionCommand.TakeResponse response) {
        int owner = ClientShare.owner(response.response().entityId(), clientCount());
        Running one = running.get(owner);
        if (one == null) {
            return CompletableFuture.completedFuture(unavailable());
        }
        return AskPattern.<ClientCommand, ConnectionReply>ask(
                        one.client(),
                        replyTo -> new ClientCommand.TakeResponse(response, replyTo),
                        settings.clientAskTimeout(),
                        context.getSystem().scheduler())
                .exceptionally(_ -> unavailable());
    }

    private int clientCount() {
        return wanted == null ? 1 : wanted.clientCount();
    }

    private ConnectionReply unavailable() {
        return new ConnectionReply.Failed(ConnectionProblems.unavailable(id));
    }

    /** Whether there is a client at all, closing ones too. */
    boolean busy() {
        return !running.isEmpty() || !closing.isEmpty();
    }

    private void proceed() {
        if (!closing.isEmpty()) {
            return;
        }
        awaitingClosed.forEach(closed -> closed.complete(null));
        awaitingClosed.clear();
        Connection connection = wanted;
        if (connection != null) {
            startMissing(connection);
        }
        if (connection != null && !pausing.isEmpty()) {
            return;
        }
        for (CompletableFuture<ConnectionReply> opened : awaitingOpen) {
            if (connection == null) {
                opened.complete(closedMeanwhile());
            } else {
                askOpen().thenAccept(opened::complete);
            }
        }
        awaitingOpen.clear();
    }

    private void startMissing(Connection connection) {
        if (running.size() + pausing.size() == connection.clientCount()) {
            return;
        }
        ClientNodes.Known known = nodes.known();
        placement(connection, known)
                .forEach((index, node) -> {
                    if (!running.containsKey(index) && !pausing.contains(index)) {
                        var host = known.hosts().get(node);
                        running.put(index, spawn(factory.client(connection, index, host), node));
                    }
                });
    }

    private Running spawn(Behavior<ClientCommand> behavior, String node) {
        ActorRef<ClientCommand> client = context.spawnAnonymous(behavior);
        context.watchWith(client, new Signal.Ended(client));
        return new Running(client, node);
    }

    private Map<Integer, String> placement(Connection connection, ClientNodes.Known known) {
        Map<Integer, String> current = new HashMap<>();
        running.forEach((index, one) -> current.put(index, one.node()));
        return (isSpread(connection) ? Placement.over(known) : Placement.HERE_ONLY)
                .of(id, connection.clientCount(), current);
    }

    private boolean isSpread(Connection connection) {
        return connection.clientCount() > 1 && !settings.spread().allOnOneNode();
    }

    /**
     * Where clients have to move, they do so when no further change has come for a while: while
     * nodes are updated one after the other they would move each time.
     */
    private void rebalanceSoon() {
        if (rebalance != null) {
            rebalance.cancel();
        }
        rebalance =
                context.scheduleOnce(
                        settings.spread().movePause(), context.getSelf(), new Signal.Rebalance());
    }

    /** Closes the clients that belong elsewhere; they start there as soon as they have ended. */
    private void rebalance() {
        Connection connection = wanted;
        if (connection == null || !isSpread(connection)) {
            return;
        }
        if (!closing.isEmpty()) {
            rebalanceSoon();
            return;
        }
        Map<Integer, String> placed = placement(connection, nodes.known());
        List<Integer> moving =
                running.entrySet().stream()
                        .filter(one -> !one.getValue().node().equals(placed.get(one.getKey())))
                        .map(Map.Entry::getKey)
                        .toList();
        if (!moving.isEmpty()) {
            LOG.atInfo()
                    .addKeyValue("connectionId", id)
                    .addKeyValue("clients", moving)
                    .log("Clients of a connection move, because nodes have come or gone.");
            end(moving, ClientCommand.Move::new);
        }
    }

    private void end(
            List<Integer> indexes, Function<ActorRef<ConnectionReply>, ClientCommand> command) {
        if (indexes.isEmpty()) {
            return;
        }
        ActorRef<ConnectionReply> nobody = context.getSystem().ignoreRef();
        Set<ActorRef<ClientCommand>> clients = new HashSet<>();
        for (int index : indexes) {
            Running one = running.remove(index);
            if (one != null) {
                one.client().tell(command.apply(nobody));
                clients.add(one.client());
            }
        }
        closing.addAll(clients);
        context.scheduleOnce(
                settings.clientCloseTimeout(), context.getSelf(), new Signal.CloseOverdue(clients));
    }

    private void endedUnasked(ActorRef<ClientCommand> client) {
        Connection connection = wanted;
        for (Map.Entry<Integer, Running> entry : Map.copyOf(running).entrySet()) {
            Running ended = entry.getValue();
            if (connection != null && ended.client().equals(client)) {
                int index = entry.getKey();
                running.remove(index);
                pausing.add(index);
                boolean here = ended.node().equals(ClientNodes.HERE);
                String why = here ? "by a fault" : "by a fault or with its node";
                (here ? LOG.atError() : LOG.atWarn())
                        .addKeyValue("connectionId", id)
                        .addKeyValue("client", index)
                        .addKeyValue("node", here ? "this one" : ended.node())
                        .log("A client ended " + why + " and is started again.");
                context.scheduleOnce(
                        RESTART_PAUSE, context.getSelf(), new Signal.Restart(connection, index));
            }
        }
    }

    private CompletionStage<ConnectionReply> askOpen() {
        return all(client ->
                        AskPattern.<ClientCommand, ConnectionReply>ask(
                                        client,
                                        ClientCommand.AwaitOpen::new,
                                        settings.clientAskTimeout(),
                                        context.getSystem().scheduler())
                                .exceptionally(_ -> timedOut()))
                .thenApply(replies ->
                        replies.stream()
                                .filter(ConnectionReply.Failed.class::isInstance)
                                .findFirst()
                                .orElseGet(ConnectionReply.Done::new));
    }

    private ConnectionReply closedMeanwhile() {
        return new ConnectionReply.Failed(
                ConnectionProblems.failed(id, "it was closed in the meantime."));
    }

    private ConnectionReply timedOut() {
        return new ConnectionReply.Failed(
                ConnectionProblems.timeout(id, settings.clientAskTimeout()));
    }

    private <T> CompletionStage<List<T>> all(
            Function<ActorRef<ClientCommand>, CompletionStage<T>> ask) {
        CompletionStage<List<T>> answers = CompletableFuture.completedFuture(List.of());
        for (Running one : running.values()) {
            CompletionStage<T> answer = ask.apply(one.client());
            answers =
                    answers.thenCombine(
                            answer,
                            (list, another) -> {
                                List<T> longer = new ArrayList<>(list);
                                longer.add(another);
                                return longer;
                            });
        }
        return answers;
    }
}
