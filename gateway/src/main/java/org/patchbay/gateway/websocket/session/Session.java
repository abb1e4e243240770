package org.patchbay.gateway.websocket.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.acknowledgement.Acknowledgements;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.WeakAcks;
import org.patchbay.cluster.label.AckLabels;
import org.patchbay.cluster.subscription.Subscription;
import org.patchbay.cluster.subscription.SubscriptionFilter;
import org.patchbay.cluster.subscription.SubscriptionFilter.Decision;
import org.patchbay.gateway.authentication.Admission;
import org.patchbay.gateway.authentication.Identity;
import org.patchbay.gateway.websocket.message.Incoming;
import org.patchbay.gateway.websocket.message.Received;
import org.patchbay.gateway.websocket.message.SocketProblems;
import org.patchbay.gateway.websocket.message.Topic;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket, from its opening to its end.
 *
 * <pre>
 * made ─ Connected ─► declaring labels ─ Declared ─► open ─ Disconnected, Expired, End, too slow ─► ended
 *   └─ NeverConnected ─► ended        └─ taken ────────────────────────────────────────────────────► ended
 * </pre>
 *
 * <p>While it is open it reads one message of the client after the other, as long as few enough are
 * being handled, and hands what the bus publishes to the outbox. Who ends it gives the client a
 * last word.
 */
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** For the rest of the handshake. */
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(30);

    private static final String EXPIRY = "expiry";
    private static final String HANDSHAKE = "handshake";

    private final ActorContext<Object> context;
    private final TimerScheduler<Object> timers;
    private final SessionSetup setup;
    private final SessionServices services;
    private final Incoming incoming;
    private final Requests requests;

    private Identity identity;

    /** What the bus is told; of it, {@link #active} has been acknowledged to the client. */
    private Subscriptions wanted = Subscriptions.NONE;

    private Subscriptions active = Subscriptions.NONE;
    private SubscriptionFilter filter;

    private final Backlog backlog;

    private boolean open;

    /** Came before the labels were declared. */
    private SessionMessage.@Nullable Message early;

    private int underWay;
    private int awaiting;

    /** Lets the next message come. */
    private @Nullable CompletableFuture<Done> held;

    private Session(
            ActorContext<Object> context, TimerScheduler<Object> timers, SessionSetup setup) {
        this.context = context;
        this.timers = timers;
        this.setup = setup;
        this.services = setup.services();
        this.identity = setup.identity();
        this.incoming = new Incoming(setup.declared());
        this.requests = new Requests(services.twins(), this::aggregator, setup.id());
        this.filter = active.filter(identity.authorization());
        this.backlog = new Backlog(setup.settings().unfilteredMax(), context.getSelf());
    }

    static Behavior<Object> create(SessionSetup setup) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Session(context, timers, setup).start()));
    }

    private Behavior<Object> start() {
        timers.startSingleTimer(HANDSHAKE, new SessionMessage.NeverConnected(), CONNECTED_WITHIN);
        return Behaviors.receive(Object.class)
                .onAnyMessage(this::receive)
                .onSignal(PostStop.class, _ -> closed())
                .build();
    }

    private Behavior<Object> receive(Object message) {
        try {
            return switch (message) {
                case Publication publication -> deliver(publication);
                case SessionMessage told -> on(told);
                default -> Behaviors.unhandled();
            };
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("session", setup.id())
                    .log("A WebSocket session failed unexpectedly.");
            return end(Problems.internal(setup.id()));
        }
    }

    private Behavior<Object> on(SessionMessage message) {
        return switch (message) {
            case SessionMessage.Connected _ -> connected();
            case SessionMessage.NeverConnected _ -> Behaviors.stopped();
            case SessionMessage.Disconnected _ -> Behaviors.stopped();
            case SessionMessage.Declared(var labels, var failure) -> declared(labels, failure);
            case SessionMessage.Message taken -> onMessage(taken);
            case SessionMessage.Subscribed(var topic, var subscription) ->
                    subscribed(topic, subscription);
            case SessionMessage.Handled _ -> handled();
            case SessionMessage.Answered(var answer, var waited) -> answered(answer, waited);
            case SessionMessage.Renewed(var admission) -> renewed(admission);
            case SessionMessage.Expired _ -> end(SocketProblems.expired());
            case SessionMessage.Overrun _ -> tooSlow();
            case SessionMessage.End(var why) -> end(why);
        };
    }

    private Behavior<Object> connected() {
        timers.cancel(HANDSHAKE);
        LOG.atDebug()
                .addKeyValue("session", setup.id())
                .addKeyValue("user", identity.name())
                .log("A WebSocket was opened.");
        expireInTime();
        if (setup.declared().isEmpty()) {
            open = true;
            return Behaviors.same();
        }
        context.pipeToSelf(
                services.labels()
                        .declare("session:" + setup.id(), setup.declared(), context.getSelf()),
                SessionMessage.Declared::new);
        return Behaviors.same();
    }

    private Behavior<Object> declared(
            AckLabels.@Nullable Declared labels, @Nullable Throwable failure) {
        if (labels == null) {
            return end(
                    failure != null && SessionServices.cause(failure) instanceof ProblemException e
                            ? e.problem()
                            : Problems.internal(setup.id()));
        }
        context.pipeToSelf(
                labels.lost(),
                (why, _) ->
                        new SessionMessage.End(why == null ? Problems.internal(setup.id()) : why));
        open = true;
        tellBus();
        SessionMessage.Message first = early;
        early = null;
        return first == null ? Behaviors.same() : onMessage(first);
    }

    private Behavior<Object> onMessage(SessionMessage.Message message) {
        if (!open) {
            early = message;
            return Behaviors.same();
        }
        underWay++;
        Problem refusal = message.refusal();
        Received received =
                refusal == null
                        ? incoming.read(message.text(), this::own)
                        : Incoming.unreadable(refusal, Headers.EMPTY);
        Behavior<Object> next = carryOut(received);
        if (underWay < setup.settings().commandsMax()) {
            message.taken().complete(Done.getInstance());
        } else {
            held = message.taken();
        }
        return next;
    }

    private Behavior<Object> carryOut(Received received) {
        return switch (received) {
            case Received.Start(var topic, var subscription) -> {
                wanted = wanted.with(subscription);
                tellBus(topic, subscription);
                yield Behaviors.same();
            }
            case Received.Stop(var topic) -> {
                wanted = wanted.without(topic.kind());
                activate(active.without(topic.kind()));
                tellBus(topic, null);
                yield Behaviors.same();
            }
            case Received.Renew(var token) -> renew(token);
            case Received.Request request -> send(request);
            case Received.Stray _ -> handled();
            case Received.Refused(var error) -> {
                handled();
                yield offer(error);
            }
        };
    }

    private Behavior<Object> send(Received.Request request) {
        boolean waits = Requests.waits(request);
        int max = setup.settings().awaitingMax();
        if (waits && awaiting >= max) {
            handled();
            return offer(Incoming.failed(request.signal(), SocketProblems.tooManyWait(max)));
        }
        if (waits) {
            awaiting++;
        }
        Requests.Sent sent = requests.send(request, identity.authorization());
        context.pipeToSelf(sent.asked(), (_, _) -> new SessionMessage.Handled());
        context.pipeToSelf(
                sent.answer(),
                (answer, _) ->
                        new SessionMessage.Answered(
                                answer == null ? null : answer.orElse(null), waits));
        return Behaviors.same();
    }

    private ActorRef<Object> aggregator(Acknowledgements.Order order) {
        return context.spawnAnonymous(Acknowledgements.create(order));
    }

    private Behavior<Object> answered(@Nullable Signal answer, boolean waited) {
        if (waited) {
            awaiting--;
        }
        return answer == null ? Behaviors.same() : offer(answer);
    }

    /** What the client says of itself is not believed; what its token says is. */
    private Headers own(Headers headers) {
        return services.authentication().withClaims(headers.withoutInternal(), identity);
    }

    private Behavior<Object> handled() {
        underWay--;
        if (held != null && underWay < setup.settings().commandsMax()) {
            held.complete(Done.getInstance());
            held = null;
        }
        return Behaviors.same();
    }

    private CompletionStage<Done> tellBus() {
        return services.bus()
                .resubscribe(
                        wanted.interests(identity.authorization(), setup.declared(), setup.id()),
                        context.getSelf().narrow(),
                        backlog);
    }

    private void tellBus(Topic topic, @Nullable Subscription subscription) {
        context.pipeToSelf(tellBus(), (_, _) -> new SessionMessage.Subscribed(topic, subscription));
    }

    private Behavior<Object> subscribed(Topic topic, @Nullable Subscription subscription) {
        handled();
        if (subscription == null) {
            return offer(topic.stopped());
        }
        if (wanted.of(topic.kind()) == subscription) {
            activate(active.with(subscription));
        }
        return offer(topic.started());
    }

    private void activate(Subscriptions subscriptions) {
        active = subscriptions;
        filter = active.filter(identity.authorization());
    }

    private Behavior<Object> deliver(Publication publication) {
        backlog.taken();
        if (filter.decide(publication) instanceof Decision.Selected(var signal)) {
            return offer(Acknowledgement.requesting(signal, setup.declared()));
        }
        // The client can't acknowledge what it does not get.
        WeakAcks.issue(publication, setup.declared()::contains);
        return Behaviors.same();
    }

    private Behavior<Object> renew(String token) {
        if (identity.token() == null) {
            handled();
            return offer(
                    Incoming.unreadable(SocketProblems.tokenNotNeeded(), Headers.EMPTY).error());
        }
        context.pipeToSelf(
                setup.renewal().apply(token),
                (admission, _) -> new SessionMessage.Renewed(admission));
        return Behaviors.same();
    }

    private Behavior<Object> renewed(@Nullable Admission admission) {
        handled();
        return switch (Renewal.of(identity, admission, setup.id())) {
            case Renewal.Prolonged(var fresh) -> {
                boolean changed = !fresh.authorization().equals(identity.authorization());
                identity = fresh;
                expireInTime();
                if (changed) {
                    activate(active);
                    tellBus();
                }
                yield Behaviors.same();
            }
            case Renewal.Undecided(var why) ->
                    offer(Incoming.unreadable(why, Headers.EMPTY).error());
            case Renewal.Ended(var why) -> end(why);
        };
    }

    private void expireInTime() {
        Identity.Token token = identity.token();
        if (token != null) {
            Duration left = Duration.between(services.clock().instant(), token.until());
            timers.startSingleTimer(EXPIRY, new SessionMessage.Expired(), atMost(left));
        }
    }

    /** What a timer takes; none runs as long as that. */
    private static Duration atMost(Duration left) {
        Duration most = Duration.ofDays(100);
        return left.isNegative() ? Duration.ZERO : left.compareTo(most) > 0 ? most : left;
    }

    private Behavior<Object> offer(Signal signal) {
        return setup.outbox().offer(signal) ? Behaviors.same() : tooSlow();
    }

    private Behavior<Object> offer(String text) {
        return setup.outbox().offer(text) ? Behaviors.same() : tooSlow();
    }

    private Behavior<Object> tooSlow() {
        LOG.atWarn()
                .addKeyValue("session", setup.id())
                .addKeyValue("user", identity.name())
                .log("A WebSocket is closed, for its client is too slow.");
        return end(SocketProblems.tooSlow(setup.outbox().max()));
    }

    private Behavior<Object> end(Problem why) {
        setup.outbox().close(Incoming.unreadable(why, Headers.EMPTY).error());
        return Behaviors.stopped();
    }

    private Behavior<Object> closed() {
        setup.outbox().close(null);
        LOG.atDebug().addKeyValue("session", setup.id()).log("A WebSocket has ended.");
        return Behaviors.same();
    }
}
