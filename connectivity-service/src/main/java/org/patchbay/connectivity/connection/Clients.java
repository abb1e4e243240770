package org.patchbay.connectivity.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.ReportPart;
import org.patchbay.connectivity.path.outbound.ClientShare;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client actors of one connection, its children. New ones start only when the old ones have
 * ended, so that two never share a session with a broker. Used by the entity's actor alone.
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
    }

    private final String id;
    private final ActorContext<Object> context;
    private final ClientFactory factory;
    private final ConnectionSettings settings;
    private final Map<Integer, ActorRef<ClientCommand>> running = new TreeMap<>();
    private final Set<ActorRef<ClientCommand>> closing = new HashSet<>();
    private final List<CompletableFuture<ConnectionReply>> awaitingOpen = new ArrayList<>();
    private final List<CompletableFuture<Void>> awaitingClosed = new ArrayList<>();
    private @Nullable Connection wanted;

    Clients(
            String id,
            ActorContext<Object> context,
            ClientFactory factory,
            ConnectionSettings settings) {
        this.id = id;
        this.context = context;
        this.factory = factory;
        this.settings = settings;
    }

    /** Starts clients, once those that run or close have ended. */
    void start(Connection connection) {
        stop();
        wanted = connection;
        proceed();
    }

    void stop() {
        wanted = null;
        if (running.isEmpty()) {
            return;
        }
        ActorRef<ConnectionReply> nobody = context.getSystem().ignoreRef();
        tell(new ClientCommand.Close(nobody));
        closing.addAll(running.values());
        context.scheduleOnce(
                settings.clientCloseTimeout(),
                context.getSelf(),
                new Signal.CloseOverdue(Set.copyOf(running.values())));
        running.clear();
    }

    void on(Signal signal) {
        switch (signal) {
            case Signal.Ended(var client) when closing.remove(client) -> proceed();
            case Signal.Ended(var client) -> endedUnasked(client);
            case Signal.CloseOverdue(var late) ->
                    late.stream().filter(closing::contains).forEach(context::stop);
            case Signal.Restart(var connection, int index) when connection == wanted ->
                    running.computeIfAbsent(index, missing -> spawn(connection, missing));
            case Signal.Restart _ -> LOG.trace("The client is not wanted any more.");
        }
    }

    /** Done when all clients are open, else the first failure. */
    CompletionStage<ConnectionReply> open() {
        if (wanted != null && closing.isEmpty()) {
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
        running.values().forEach(client -> client.tell(command));
    }

    /** What the running clients report; one that does not answer in time is left out. */
    CompletionStage<List<ReportPart>> report(ReportKind kind) {
        return all(client ->
                        AskPattern.<ClientCommand, ReportPart>ask(
                                        client,
                                        replyTo -> new ClientCommand.Report(kind, replyTo),
                                        REPORT_TIMEOUT,
                                        context.getSystem().scheduler())
                                .<List<ReportPart>>handle((part, failure) ->
                                        failure == null ? List.of(part) : List.of()))
                .thenApply(parts -> parts.stream().flatMap(List::stream).toList());
    }

    /**
     * Hands a response to the one client that publishes what concerns its entity; unavailable where
     * that client is not there right now.
     */
    CompletionStage<ConnectionReply> take(ConnectionCommand.TakeResponse response) {
        int owner = ClientShare.owner(response.response().entityId(), clientCount());
        ActorRef<ClientCommand> client = running.get(owner);
        if (client == null) {
            return CompletableFuture.completedFuture(unavailable());
        }
        return AskPattern.<ClientCommand, ConnectionReply>ask(
                        client,
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
        if (connection != null && running.isEmpty()) {
            for (int index = 0; index < connection.clientCount(); index++) {
                running.put(index, spawn(connection, index));
            }
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

    private ActorRef<ClientCommand> spawn(Connection connection, int index) {
        ActorRef<ClientCommand> client = context.spawnAnonymous(factory.client(connection, index));
        context.watchWith(client, new Signal.Ended(client));
        return client;
    }

    private void endedUnasked(ActorRef<ClientCommand> client) {
        Connection connection = wanted;
        for (Map.Entry<Integer, ActorRef<ClientCommand>> entry : Map.copyOf(running).entrySet()) {
            if (connection != null && entry.getValue().equals(client)) {
                running.remove(entry.getKey());
                LOG.atError()
                        .addKeyValue("connectionId", id)
                        .addKeyValue("client", entry.getKey())
                        .log("A client ended by a fault and is started again.");
                context.scheduleOnce(
                        RESTART_PAUSE,
                        context.getSelf(),
                        new Signal.Restart(connection, entry.getKey()));
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
        for (ActorRef<ClientCommand> client : running.values()) {
            CompletionStage<T> answer = ask.apply(client);
            answers =
                    answers.thenCombine(
                            answer,
                            (list, one) -> {
                                List<T> longer = new ArrayList<>(list);
                                longer.add(one);
                                return longer;
                            });
        }
        return answers;
    }
}
