package org.patchbay.connectivity.ids;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.connectivity.ids.IdsMessage.AwaitBuilt;
import org.patchbay.connectivity.ids.IdsMessage.Noted;
import org.patchbay.connectivity.ids.IdsMessage.Update;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which connections there are. While it is built, at the start and after a fail-over, queries
 * wait and updates are taken in; since the later revision counts, what is created or deleted in the
 * meantime comes out right.
 */
public final class ConnectionIds extends AbstractBehavior<Object> {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionIds.class);
    private static final int PAGE = 1_000;
    private static final int WAITING_MAX = 1_000;

    /** One connection that can't be recovered must not keep all others out of sight. */
    private static final int PASSES_MAX = 5;

    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private sealed interface Internal {
        record Scan() implements Internal {}

        /** A pass over the store is over; {@code missed} entities did not answer. */
        record Scanned(int missed) implements Internal {}

        /** The store did not answer. */
        record StoreFailed() implements Internal {}

        record Wake() implements Internal {}

        record Woken(int missed) implements Internal {}

        record Learnt(Update update) implements Internal {}
    }

    private final IdsIndex index = new IdsIndex();
    private final List<Ask> waiting = new ArrayList<>();
    private final StoredConnections stored;
    private final IdsSettings settings;
    private final TimerScheduler<Object> timers;
    private boolean built;
    private int passes;

    private ConnectionIds(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            StoredConnections stored,
            IdsSettings settings) {
        super(context);
        this.timers = timers;
        this.stored = stored;
        this.settings = settings;
        scan();
    }

    /** The singleton as this node is configured. */
    public static Behavior<Ask> create() {
        return Behaviors.setup(context ->
                create(
                        StoredConnections.of(context.getSystem()),
                        IdsSettings.of(context.getSystem().settings().config())));
    }

    /** Completes when the singleton knows what there is; fails where that takes too long. */
    public static CompletionStage<Done> built(ActorSystem<?> system, Duration timeout) {
        return Singletons.ask(
                        system, Singleton.CONNECTION_IDS, new AwaitBuilt(), Noted.class, timeout)
                .thenApply(_ -> Done.getInstance());
    }

    static Behavior<Ask> create(StoredConnections stored, IdsSettings settings) {
        return Behaviors.<Object>setup(context ->
                        Behaviors.withTimers(
                                timers -> new ConnectionIds(context, timers, stored, settings)))
                .narrow();
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Ask.class, this::answer)
                .onMessage(Internal.class, this::proceed)
                .build();
    }

    private Behavior<Object> answer(Ask ask) {
        switch (ask.command()) {
            case Update update -> {
                index.note(update);
                ask.replyTo().tell(new Noted());
            }
            case ConnectionIdsQuery _, AwaitBuilt _ when built -> answerNow(ask);
            case ConnectionIdsQuery _, AwaitBuilt _ when waiting.size() < WAITING_MAX ->
                    waiting.add(ask);
            case ConnectionIdsQuery _, AwaitBuilt _ ->
                    LOG.warn("Too many queries wait for the index of ids.");
            default ->
                    LOG.atWarn()
                            .addKeyValue("type", ask.command().getClass().getSimpleName())
                            .log("The index of ids got what it does not know.");
        }
        return this;
    }

    private void answerNow(Ask ask) {
        ask.replyTo()
                .tell(
                        switch (ask.command()) {
                            case ConnectionIdsQuery.All _ ->
                                    new ConnectionIdsQuery.Ids(index.all());
                            case ConnectionIdsQuery.ByTag(String tag) ->
                                    new ConnectionIdsQuery.Ids(index.tagged(tag));
                            case ConnectionIdsQuery.Page(var after, int limit) ->
                                    new ConnectionIdsQuery.Ids(index.page(after, limit));
                            default -> new Noted();
                        });
    }

    private Behavior<Object> proceed(Internal message) {
        switch (message) {
            case Internal.Learnt(Update update) -> index.note(update);
            case Internal.Scan _ -> scan();
            case Internal.Scanned(int missed) -> scanned(missed);
            case Internal.StoreFailed _ -> after(RETRY_PAUSE, new Internal.Scan());
            case Internal.Wake _ -> wake();
            case Internal.Woken(int missed) -> {
                if (missed > 0) {
                    LOG.atWarn()
                            .addKeyValue("count", missed)
                            .log("Connections could not be woken.");
                }
                after(settings.wakeInterval(), new Internal.Scan());
            }
        }
        return this;
    }

    /** Asks every stored connection that the index does not know yet. */
    private void scan() {
        Set<String> known = index.known();
        learn(
                storedIds().filter(id -> !known.contains(id)),
                settings.scanParallelism(),
                Internal.Scanned::new);
    }

    private void scanned(int missed) {
        passes++;
        if (missed > 0) {
            LOG.atWarn().addKeyValue("count", missed).log("Connections do not say what they are.");
            if (!built && passes < PASSES_MAX) {
                after(RETRY_PAUSE, new Internal.Scan());
                return;
            }
        }
        Duration pause = built ? Duration.ZERO : settings.firstWakeDelay();
        if (!built) {
            built = true;
            LOG.atInfo().addKeyValue("count", index.all().size()).log("The index of ids is built.");
            waiting.forEach(this::answerNow);
            waiting.clear();
        }
        after(pause, new Internal.Wake());
    }

    /** Asks the open ones at a bounded rate: one that does not run starts with that. */
    private void wake() {
        learn(
                Source.from(index.open()).throttle(settings.wakeEntities(), settings.wakePeriod()),
                1,
                Internal.Woken::new);
    }

    private void learn(
            Source<String, NotUsed> ids, int parallelism, IntFunction<Internal> whenOver) {
        ActorRef<Object> self = getContext().getSelf();
        CompletionStage<Integer> missed =
                ids.mapAsyncUnordered(parallelism, this::peek)
                        .map(update -> {
                            update.ifPresent(u -> self.tell(new Internal.Learnt(u)));
                            return update.isPresent() ? 0 : 1;
                        })
                        .runWith(Sink.fold(0, Integer::sum), getContext().getSystem());
        getContext()
                .pipeToSelf(
                        missed,
                        (count, failure) ->
                                failure == null
                                        ? whenOver.apply(count)
                                        : new Internal.StoreFailed());
    }

    private CompletionStage<Optional<Update>> peek(String id) {
        return stored.peek(id)
                .handle((update, failure) ->
                        failure == null ? Optional.of(update) : Optional.empty());
    }

    private Source<String, NotUsed> storedIds() {
        return Source.unfoldAsync("", this::pageAfter).mapConcat(page -> page);
    }

    /** The next page and where it ends; nothing after the last one. */
    private CompletionStage<Optional<Pair<String, List<String>>>> pageAfter(String id) {
        return stored.idsAfter(id.isEmpty() ? null : id, PAGE)
                .thenApply(page ->
                        page.isEmpty()
                                ? Optional.empty()
                                : Optional.of(Pair.create(page.getLast(), page)));
    }

    private void after(Duration pause, Internal message) {
        timers.startSingleTimer(message.getClass(), message, pause);
    }
}
