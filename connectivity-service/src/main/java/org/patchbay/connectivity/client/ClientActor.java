package org.patchbay.connectivity.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.patchbay.cluster.acknowledgement.Acknowledgements;
import org.patchbay.connectivity.client.ClientState.BackingOff;
import org.patchbay.connectivity.client.ClientState.Closing;
import org.patchbay.connectivity.client.ClientState.Connecting;
import org.patchbay.connectivity.client.ClientState.GivenUp;
import org.patchbay.connectivity.client.ClientState.Open;
import org.patchbay.connectivity.client.ClientState.Waiting;
import org.patchbay.connectivity.client.link.Link;
import org.patchbay.connectivity.client.link.Turns.Turn;
import org.patchbay.connectivity.encryption.ConnectionEncryption;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.ReportPart;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of a connection: the reconnect state machine of {@link ClientState} for every
 * transport. It makes a link, runs the message path over it, and makes another when it is lost.
 */
public final class ClientActor extends AbstractBehavior<ClientCommand> {

    private static final Logger LOG = LoggerFactory.getLogger(ClientActor.class);
    private static final String TIMER = "attempt";
    private static final String TURN_TIMER = "turn";

    private sealed interface Event extends ClientCommand.Internal {
        record TurnCame() implements Event {}

        record TurnOver(Turn turn) implements Event {}

        record Opened(Link link) implements Event {}

        record Failed(Link link, Failure failure) implements Event {}

        record PauseOver() implements Event {}

        record TooSlow(Link link) implements Event {}

        record Closed() implements Event {}

        record Collect(Acknowledgements.Order order, CompletableFuture<ActorRef<Object>> aggregator)
                implements Event {}
    }

    private record On(ClientState state, ClientCommand command) {}

    private final Connection connection;
    private final int clientIndex;
    private final ClientEnvironment environment;
    private final TimerScheduler<ClientCommand> timers;
    private final ActorRef<ClientCommand> self;
    private final ClientParts parts;
    private final List<ActorRef<ConnectionReply>> awaitOpen = new ArrayList<>();
    private final List<ActorRef<ConnectionReply>> awaitClose = new ArrayList<>();
    private ClientState state;

    /** Its place among those that connect to the same endpoint, from waiting to the link's end. */
    private Turn turn;

    /** Why the attempt before this one failed; of the first one nobody asks. */
    private Failure before = Failure.bySystem("The endpoint can't be reached yet.", null);

    /** How many attempts in a row have taken too long; the next one gets more time. */
    private int tooSlow;

    private ClientActor(
            ActorContext<ClientCommand> context,
            TimerScheduler<ClientCommand> timers,
            Connection connection,
            int clientIndex,
            ClientEnvironment environment) {
        super(context);
        this.connection = connection;
        this.clientIndex = clientIndex;
        this.environment = environment;
        this.timers = timers;
        this.self = context.getSelf();
        this.parts =
                ClientParts.of(context, connection, clientIndex, environment, this::aggregator);
        this.state = new Waiting(1, environment.clock().instant());
        this.turn = newTurn();
    }

    /** A client that connects at once and stays connected until it is told to close. */
    public static Behavior<ClientCommand> create(
            Connection connection, int clientIndex, ClientEnvironment environment) {
        Optional<Problem> unreadable = ConnectionEncryption.problem(connection);
        if (unreadable.isPresent()) {
            return BrokenClient.create(connection, clientIndex, environment, unreadable.get());
        }
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    try {
                        return new ClientActor(
                                context,
                                timers,
                                environment.running(connection),
                                clientIndex,
                                environment);
                    } catch (ProblemException e) {
                        return BrokenClient.create(
                                connection, clientIndex, environment, e.problem());
                    }
                }));
    }

    @Override
    public Receive<ClientCommand> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::on)
                .onSignal(PostStop.class, _ -> stopped())
                .build();
    }

    private Behavior<ClientCommand> on(ClientCommand command) {
        switch (new On(state, command)) {
            case On(Waiting(var tries, _), Event.TurnCame _) -> state = connect(tries);
            case On(_, Event.TurnOver(var over)) -> over.end();
            case On(Connecting(var link, var tries, _), Event.Opened(var opened))
                    when link == opened ->
                    opened(link, tries);
            case On(Connecting(var link, var tries, _), Event.Failed(var failed, var failure))
                    when link == failed ->
                    failed(link, failure, tries);
            case On(Connecting(var link, var tries, _), Event.TooSlow(var slow))
                    when link == slow -> {
                tooSlow++;
                Failure failure = Failure.bySystem("The endpoint did not answer in time.", null);
                failed(link, failure, tries);
            }
            case On(Open open, Event.Failed(var lost, var failure)) when open.link() == lost ->
                    failed(lost, failure, keptUp(open) ? 1 : open.tries() + 1);
            case On(BackingOff(_, var tries, _, _), Event.PauseOver _) -> waitForTurn(tries + 1);
            case On(_, Event.Collect collect) -> collect(collect);
            case On(Closing _, Event.Closed _) -> {
                awaitClose.forEach(waiting -> waiting.tell(new ConnectionReply.Done()));
                return Behaviors.stopped();
            }
            case On(_, Event _) -> LOG.trace("An event of a former link is left alone.");
            case On(_, ClientCommand.AwaitOpen(var replyTo)) -> awaitOpen(replyTo);
            case On(BackingOff _, ClientCommand.TryNow _),
                    On(GivenUp _, ClientCommand.TryNow _) -> {
                timers.cancel(TIMER);
                waitForTurn(1);
            }
            case On(_, ClientCommand.TryNow _) -> LOG.trace("It is open, or tries, or closes.");
            case On(_, ClientCommand.Close(var replyTo)) -> {
                parts.outbound().announceClosed(environment.clock().instant());
                close(replyTo);
            }
            case On(_, ClientCommand.Move(var replyTo)) -> close(replyTo);
            case On(_, ClientCommand.Report(var kind, var replyTo)) ->
                    replyTo.tell(new ReportPart(kind, report(kind)));
            case On(_, ClientCommand.TakeResponse(var response, var replyTo)) ->
                    replyTo.tell(parts.outbound().take(response));
            case On(_, ClientCommand.ResetMetrics _) -> parts.monitor().metrics().reset();
            case On(_, ClientCommand.EnableLogs _) -> parts.monitor().log().enable();
            case On(_, ClientCommand.ResetLogs _) -> parts.monitor().log().reset();
            case On(_, ClientCommand.Internal _) -> LOG.trace("Not for this actor.");
        }
        return this;
    }

    private Turn newTurn() {
        return environment
                .turns()
                .take(
                        ClientEnvironment.endpoint(connection),
                        () -> self.tell(new Event.TurnCame()));
    }

    private void waitForTurn(int tries) {
        state = new Waiting(tries, environment.clock().instant());
        turn = newTurn();
    }

    /** An attempt that takes long leaves its turn to the next one, and goes on. */
    private ClientState connect(int tries) {
        timers.startSingleTimer(
                TURN_TIMER, new Event.TurnOver(turn), environment.settings().turnMax());
        Instant now = environment.clock().instant();
        Duration timeout = environment.settings().connectTimeout(tooSlow);
        Link link;
        try {
            link =
                    parts.newLink(
                            environment,
                            timeout,
                            (lost, failure) -> self.tell(new Event.Failed(lost, failure)));
        } catch (ProblemException e) {
            return backOff(Failure.byUser(e.problem().message(), e), tries, now);
        }
        timers.startSingleTimer(TIMER, new Event.TooSlow(link), timeout);
        link.open(parts.membership()::known)
                .whenComplete((_, failure) ->
                        self.tell(
                                failure == null
                                        ? new Event.Opened(link)
                                        : new Event.Failed(link, Failures.of(failure))));
        return new Connecting(link, tries, now);
    }

    private void opened(Link link, int tries) {
        turn.end();
        timers.cancel(TIMER);
        tooSlow = 0;
        state = new Open(link, tries, environment.clock().instant());
        link.ended()
                .whenComplete((_, failure) ->
                        self.tell(
                                new Event.Failed(
                                        link,
                                        failure == null
                                                ? Failure.bySystem("A source ended.", null)
                                                : Failures.of(failure))));
        parts.monitor().connection().success(MetricType.OTHER, Headers.EMPTY, null, "Connected.");
        parts.outbound().opened(environment.clock().instant());
        LOG.atInfo()
                .addKeyValue("connectionId", connection.id())
                .addKeyValue("client", clientIndex)
                .addKeyValue("attempt", tries)
                .log("A connection is open.");
        awaitOpen.forEach(waiting -> waiting.tell(new ConnectionReply.Done()));
        awaitOpen.clear();
    }

    private void failed(Link link, Failure failure, int tries) {
        link.abandon();
        state = backOff(failure, tries, environment.clock().instant());
    }

    private ClientState backOff(Failure failure, int tries, Instant now) {
        turn.end();
        before = failure;
        awaitOpen.forEach(waiting -> waiting.tell(notOpen(failure)));
        awaitOpen.clear();
        parts.monitor()
                .connection()
                .failure(MetricType.OTHER, Headers.EMPTY, null, failure.description());
        var entry =
                LOG.atWarn()
                        .addKeyValue("connectionId", connection.id())
                        .addKeyValue("client", clientIndex)
                        .addKeyValue("blame", failure.blame())
                        .addKeyValue("reason", failure.description());
        if (!connection.failoverEnabled()) {
            timers.cancel(TIMER);
            entry.log("A connection failed and is not tried again, because failover is off.");
            return new GivenUp(failure, now);
        }
        BackOff backOff = environment.settings().backOff(connection.type());
        Duration pause =
                failure.pauseAtLeast(
                        backOff.pause(tries, ThreadLocalRandom.current().nextDouble()));
        timers.startSingleTimer(TIMER, new Event.PauseOver(), pause);
        entry.addKeyValue("attempt", tries)
                .addKeyValue("pauseMs", pause.toMillis())
                .log("A connection failed and is tried again.");
        return new BackingOff(failure, tries, now, pause);
    }

    /** A link that broke right after it was made counts as one more failed attempt. */
    private boolean keptUp(Open open) {
        Duration up = Duration.between(open.since(), environment.clock().instant());
        return up.compareTo(Duration.ofSeconds(10)) > 0 || open.tries() <= 1;
    }

    private void awaitOpen(ActorRef<ConnectionReply> replyTo) {
        switch (state) {
            case Open _ -> replyTo.tell(new ConnectionReply.Done());
            case Waiting waiting when waiting.tries() == 1 -> awaitOpen.add(replyTo);
            case Connecting connecting when connecting.tries() == 1 -> awaitOpen.add(replyTo);
            case Waiting _, Connecting _ -> replyTo.tell(notOpen(before));
            case BackingOff backingOff -> replyTo.tell(notOpen(backingOff.failure()));
            case GivenUp givenUp -> replyTo.tell(notOpen(givenUp.failure()));
            case Closing _ -> replyTo.tell(notOpen(Failure.bySystem("It is being closed.", null)));
        }
    }

    private void close(ActorRef<ConnectionReply> replyTo) {
        awaitClose.add(replyTo);
        if (state instanceof Closing) {
            return;
        }
        turn.end();
        timers.cancel(TIMER);
        awaitOpen.forEach(
                waiting -> waiting.tell(notOpen(Failure.bySystem("It is being closed.", null))));
        awaitOpen.clear();
        parts.membership().end();
        parts.outbound().close();
        CompletionStage<Done> ended =
                switch (state) {
                    case Connecting connecting ->
                            connecting.link().close(parts.outbound(), closeTimeout());
                    case Open open -> open.link().close(parts.outbound(), closeTimeout());
                    case Waiting _, BackingOff _, GivenUp _, Closing _ ->
                            CompletableFuture.completedFuture(Done.getInstance());
                };
        state = new Closing(environment.clock().instant());
        ended.whenComplete((_, _) -> self.tell(new Event.Closed()));
    }

    private Behavior<ClientCommand> stopped() {
        turn.end();
        switch (state) {
            case Connecting connecting -> connecting.link().abandon();
            case Open open -> open.link().abandon();
            case Waiting _, BackingOff _, GivenUp _, Closing _ ->
                    LOG.trace("There is no link to end.");
        }
        parts.outbound().close();
        parts.path().publisher().close();
        return Behaviors.same();
    }

    /** From any thread. */
    private CompletionStage<ActorRef<Object>> aggregator(Acknowledgements.Order order) {
        CompletableFuture<ActorRef<Object>> started = new CompletableFuture<>();
        self.tell(new Event.Collect(order, started));
        // A client that is gone starts none.
        long timeout = environment.pathSettings().askTimeout().toMillis();
        return started.orTimeout(timeout, TimeUnit.MILLISECONDS);
    }

    private void collect(Event.Collect collect) {
        collect.aggregator()
                .complete(getContext().spawnAnonymous(Acknowledgements.create(collect.order())));
    }

    private ObjectNode report(org.patchbay.connectivity.monitoring.ReportKind kind) {
        return switch (kind) {
            case STATUS ->
                    StatusReport.of(
                            connection,
                            state,
                            parts.path().ownAcks().refusal(),
                            environment.instance() + "-" + clientIndex,
                            environment.settings().triesMax(),
                            parts.outbound().troubles());
            case METRICS -> parts.monitor().metricsReport();
            case LOGS -> parts.monitor().log().retrieve();
        };
    }

    private Duration closeTimeout() {
        return environment.settings().closeTimeout();
    }

    private static ConnectionReply notOpen(Failure failure) {
        return new ConnectionReply.Failed(Failures.notConnected(failure));
    }
}
