package org.patchbay.cluster.cleanup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.store.Store;
import org.patchbay.protocol.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The singleton that walks through all entities of one kind again and again and cleans them up.
 *
 * <pre>
 *   IN_QUIET_PERIOD ──period over──► RUNNING: every interval, unless a write took too long, so
 *          ▲                            │      many credits; each pays for a query that finds
 *          └──────all looked at─────────┘      nothing or for one step of an entity
 *
 *   DISABLED until enabled is modified
 * </pre>
 */
public final class PersistenceCleanup extends AbstractBehavior<Object> {

    private static final Logger LOG = LoggerFactory.getLogger(PersistenceCleanup.class);
    private static final String LAST_PID = "last-pid";

    enum Phase {
        DISABLED,
        IN_QUIET_PERIOD,
        RUNNING
    }

    private sealed interface Internal {

        /** Time to start a pass. */
        record Begin() implements Internal {}

        /** Time to decide about credits. */
        record Decide() implements Internal {}

        /** Of a pass that may have been given up meanwhile. */
        sealed interface Progress extends Internal {
            int pass();
        }

        record Measured(int pass, Duration latency) implements Progress {}

        record PageRead(int pass, EntityCleaner.Page page) implements Progress {}

        record Stepped(int pass, String persistenceId, boolean again, Duration took)
                implements Progress {}

        record Failed(int pass, @Nullable String persistenceId, Throwable failure)
                implements Progress {}
    }

    private final TimerScheduler<Object> timers;
    private final EntityCleaner cleaner;
    private final Supplier<CompletionStage<Duration>> latency;
    private final Deque<String> found = new ArrayDeque<>();
    private CleanupSettings settings;
    private Phase phase = Phase.DISABLED;

    /** Counts up, so that what comes late from a pass that was given up is known as such. */
    private int pass;

    private int credits;
    private Duration slowest = Duration.ZERO;
    private String lastPid = "";
    private @Nullable String next;
    private boolean allRead;

    private PersistenceCleanup(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            EntityCleaner cleaner,
            Supplier<CompletionStage<Duration>> latency,
            CleanupSettings settings) {
        super(context);
        this.timers = timers;
        this.cleaner = cleaner;
        this.latency = latency;
        this.settings = settings;
        rest();
    }

    /**
     * @param section of the settings, such as {@code ditto.things.thing.cleanup}
     * @param endings the manifests of snapshots of deleted entities
     */
    public static Behavior<Ask> create(EntityKind kind, String section, Set<String> endings) {
        return Behaviors.setup(context -> {
            ActorSystem<?> system = context.getSystem();
            return create(
                    EntityCleaner.of(system, kind, endings),
                    () -> Store.of(system).writeLatency(),
                    CleanupSettings.of(system.settings().config(), section));
        });
    }

    static Behavior<Ask> create(
            EntityCleaner cleaner,
            Supplier<CompletionStage<Duration>> latency,
            CleanupSettings settings) {
        return Behaviors.<Object>setup(context ->
                        Behaviors.withTimers(timers ->
                                new PersistenceCleanup(
                                        context, timers, cleaner, latency, settings)))
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
        if (ask.command() instanceof CleanupCommand command) {
            switch (command) {
                case CleanupCommand.RetrieveConfig _ ->
                        ask.replyTo().tell(new CleanupReply.Settings(settings.json()));
                case CleanupCommand.ModifyConfig(ObjectNode config) ->
                        ask.replyTo().tell(modify(config));
                case CleanupCommand.RetrieveHealth _ -> ask.replyTo().tell(health());
                case CleanupCommand.Restart _ -> {
                    next = null;
                    rest();
                    ask.replyTo().tell(new CleanupReply.Restarted());
                }
                case CleanupCommand.CleanUp(String entityId) -> cleanUp(entityId, ask.replyTo());
            }
        }
        return this;
    }

    private CleanupReply modify(ObjectNode config) {
        try {
            ObjectNode changes = config.deepCopy();
            JsonNode lowerBound = changes.remove(LAST_PID);
            settings = settings.with(changes);
            if (lowerBound != null) {
                next = lowerBound.asText().isEmpty() ? null : lowerBound.asText();
            }
            rest();
            return new CleanupReply.Settings(settings.json());
        } catch (ConfigException e) {
            String why = String.valueOf(e.getMessage());
            LOG.atWarn().addKeyValue("why", why).log("Settings of the clean-up stay as they are.");
            return new CleanupReply.Failed(Problems.jsonInvalid(why));
        }
    }

    private CleanupReply health() {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("state", phase.name());
        info.put("pid", lastPid);
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("status", "UP");
        status.putArray("details").addObject().set("INFO", info);
        return new CleanupReply.Health(status);
    }

    private void cleanUp(String entityId, ActorRef<Object> replyTo) {
        String persistenceId = cleaner.prefix() + entityId;
        cleaner.clean(persistenceId, settings)
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        replyTo.tell(new CleanupReply.CleanedUp(persistenceId));
                    } else {
                        LOG.atWarn()
                                .setCause(failure)
                                .addKeyValue("persistenceId", persistenceId)
                                .log("An entity could not be cleaned up.");
                        replyTo.tell(new CleanupReply.Failed(Problems.internal(entityId)));
                    }
                });
    }

    private Behavior<Object> proceed(Internal message) {
        switch (message) {
            case Internal.Begin _ -> begin();
            case Internal.Decide _ -> decide();
            case Internal.Progress progress when progress.pass() == pass -> proceed(progress);
            case Internal.Progress _ -> {}
        }
        return this;
    }

    private void proceed(Internal.Progress progress) {
        switch (progress) {
            case Internal.Measured(_, Duration took) -> decided(took);
            case Internal.PageRead(_, var page) -> {
                page.found().forEach(holding -> found.add(holding.persistenceId()));
                next = page.next();
                allRead = next == null;
                if (found.isEmpty()) {
                    credits--;
                }
                spend();
            }
            case Internal.Stepped(_, String persistenceId, boolean again, Duration took) -> {
                lastPid = persistenceId;
                slowest = slowest.compareTo(took) > 0 ? slowest : took;
                if (!again) {
                    found.remove();
                }
                credits--;
                spend();
            }
            case Internal.Failed(_, var persistenceId, Throwable failure) -> {
                LOG.atWarn()
                        .setCause(failure)
                        .addKeyValue("persistenceId", String.valueOf(persistenceId))
                        .log("Clean-up goes on with the next interval.");
                if (persistenceId != null) {
                    found.remove();
                }
                timers.startSingleTimer(new Internal.Decide(), settings.interval());
            }
        }
    }

    /** Gives up what is under way and waits for the next pass, if there is to be one. */
    private void rest() {
        pass++;
        found.clear();
        allRead = false;
        timers.cancelAll();
        phase = settings.enabled() ? Phase.IN_QUIET_PERIOD : Phase.DISABLED;
        if (settings.enabled()) {
            timers.startSingleTimer(new Internal.Begin(), settings.quietPeriod());
        }
    }

    private void begin() {
        phase = Phase.RUNNING;
        slowest = Duration.ZERO;
        decide();
    }

    private void decide() {
        int current = pass;
        pipe(latency.get(), null, took -> new Internal.Measured(current, took));
    }

    private void decided(Duration latency) {
        Duration worst = slowest.compareTo(latency) > 0 ? slowest : latency;
        slowest = Duration.ZERO;
        credits = worst.compareTo(settings.timerThreshold()) > 0 ? 0 : settings.creditsPerBatch();
        spend();
    }

    private void spend() {
        if (found.isEmpty() && allRead) {
            next = null;
            rest();
        } else if (credits <= 0) {
            timers.startSingleTimer(new Internal.Decide(), settings.interval());
        } else if (found.isEmpty()) {
            int current = pass;
            pipe(
                    cleaner.pageAfter(next, settings),
                    null,
                    page -> new Internal.PageRead(current, page));
        } else {
            step(found.element());
        }
    }

    private void step(String persistenceId) {
        int current = pass;
        long started = System.nanoTime();
        pipe(
                cleaner.step(persistenceId, settings),
                persistenceId,
                again ->
                        new Internal.Stepped(
                                current,
                                persistenceId,
                                again,
                                Duration.ofNanos(System.nanoTime() - started)));
    }

    private <T> void pipe(
            CompletionStage<T> stage, @Nullable String persistenceId, Function<T, Internal> then) {
        int current = pass;
        getContext()
                .pipeToSelf(
                        stage,
                        (result, failure) ->
                                failure == null
                                        ? then.apply(result)
                                        : new Internal.Failed(current, persistenceId, failure));
    }
}
