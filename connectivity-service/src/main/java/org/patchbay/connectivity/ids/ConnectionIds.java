package org.patchbay.connectivity.ids;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
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
 * Knows which connections there are. It is built from the store, at the start and after a
 * fail-over, and compared with the store from time to time. Meanwhile updates of entities are taken
 * in: since the later revision counts, what is created or deleted while it is read comes out right.
 * Nothing is missed, because an entity stores first and tells then: what this index was not told,
 * because it did not run yet, is in the store before it starts to read.
 */
public final class ConnectionIds extends AbstractBehavior<Object> {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionIds.class);
    private static final int WAITING_MAX = 1_000;
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    private sealed interface Internal {
        record Scan() implements Internal {}

        /** The store has been read through, and did not hold these. */
        record Scanned(Map<String, Update> notStored) implements Internal {}

        /** The store did not answer. */
        record StoreFailed(Throwable failure) implements Internal {}

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
    public static Behavior<Ask> create(StoredConnections stored) {
        return Behaviors.setup(
                context -> create(stored, IdsSettings.of(context.getSystem().settings().config())));
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
            case Internal.Scanned(var notStored) -> scanned(notStored);
            case Internal.StoreFailed(Throwable failure) -> {
                LOG.atWarn().setCause(failure).log("The stored connections can't be read now.");
                after(RETRY_PAUSE, new Internal.Scan());
            }
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

    /** Reads through all that is stored. */
    private void scan() {
        ActorRef<Object> self = getContext().getSelf();
        Map<String, Update> unseen = new HashMap<>(index.known());
        CompletionStage<Done> read =
                Source.unfoldAsync(Optional.of(""), this::pageAfter)
                        .runForeach(
                                page -> {
                                    page.unreadable().forEach(unseen::remove);
                                    page.updates()
                                            .forEach(update -> {
                                                unseen.remove(update.id());
                                                self.tell(new Internal.Learnt(update));
                                            });
                                },
                                getContext().getSystem());
        getContext()
                .pipeToSelf(
                        read,
                        (_, failure) ->
                                failure == null
                                        ? new Internal.Scanned(unseen)
                                        : new Internal.StoreFailed(failure));
    }

    /** The next page and where it ends; nothing after the last one. */
    private CompletionStage<Optional<Pair<Optional<String>, StoredConnections.Page>>> pageAfter(
            Optional<String> after) {
        if (after.isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        String id = after.get();
        return stored.pageAfter(id.isEmpty() ? null : id, settings.pageSize())
                .thenApply(
                        page -> Optional.of(Pair.create(Optional.ofNullable(page.last()), page)));
    }

    private void scanned(Map<String, Update> notStored) {
        index.drop(notStored);
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
        ActorRef<Object> self = getContext().getSelf();
        CompletionStage<Integer> missed =
                Source.from(index.open())
                        .throttle(settings.wakeEntities(), settings.wakePeriod())
                        .mapAsync(1, this::ask)
                        .map(update -> {
                            update.ifPresent(u -> self.tell(new Internal.Learnt(u)));
                            return update.isPresent() ? 0 : 1;
                        })
                        .runWith(Sink.fold(0, Integer::sum), getContext().getSystem());
        getContext()
                .pipeToSelf(
                        missed,
                        (count, failure) -> new Internal.Woken(failure == null ? count : 0));
    }

    private CompletionStage<Optional<Update>> ask(String id) {
        return stored.wake(id)
                .handle((update, failure) ->
                        failure == null ? Optional.of(update) : Optional.empty());
    }

    private void after(Duration pause, Internal message) {
        timers.startSingleTimer(message.getClass(), message, pause);
    }
}
