package org.patchbay.connectivity.encryption.migration;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoredDocuments;
import org.patchbay.connectivity.encryption.ConnectionEncryption;
import org.patchbay.connectivity.encryption.migration.MigrationEvent.Advanced;
import org.patchbay.connectivity.encryption.migration.MigrationEvent.Resumed;
import org.patchbay.connectivity.encryption.migration.MigrationEvent.Started;
import org.patchbay.connectivity.encryption.migration.MigrationState.Aborted;
import org.patchbay.connectivity.encryption.migration.MigrationState.Completed;
import org.patchbay.connectivity.encryption.migration.MigrationState.Known;
import org.patchbay.connectivity.encryption.migration.MigrationState.None;
import org.patchbay.connectivity.encryption.migration.MigrationState.Progress;
import org.patchbay.connectivity.encryption.migration.MigrationState.Running;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Abort;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Migrate;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.RetrieveStatus;
import org.patchbay.protocol.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around {@link MigrationRules}: has one batch carried out after the other, remembers how
 * far it came, and goes on by itself when it moves to another node. A dry run is not remembered.
 */
public final class EncryptionMigration
        extends EventSourcedBehavior<Object, MigrationEvent, MigrationState> {

    private static final Logger LOG = LoggerFactory.getLogger(EncryptionMigration.class);
    private static final String PERSISTENCE_ID = "encryption-migration";
    private static final int EVENTS_A_SNAPSHOT = 50;
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(3);
    private static final Duration RETRY_PAUSE_MAX = Duration.ofSeconds(30);

    private sealed interface Internal {
        record Recovered() implements Internal {}

        record NextBatch() implements Internal {}

        /**
         * @param round what is late belongs to a round that is over
         */
        record BatchOver(int round, MigrationPhase phase, MigrationBatch.Result result)
                implements Internal {}

        record BatchFailed(int round, Throwable failure) implements Internal {}

        record AbortWanted() implements Internal {}
    }

    private final ActorContext<Object> context;
    private final TimerScheduler<Object> timers;
    private final ConnectionEncryption encryption;
    private final MigrationSettings settings;
    private final MigrationBatch batch;
    private final Clock clock;

    private final List<ActorRef<Object>> awaitingAbort = new ArrayList<>();
    private MigrationState dryRun = new None();
    private boolean busy;
    private int round;

    private EncryptionMigration(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            ConnectionEncryption encryption,
            MigrationSettings settings,
            StoredDocuments documents,
            Clock clock) {
        super(
                PersistenceId.ofUniqueId(PERSISTENCE_ID),
                SupervisorStrategy.restartWithBackoff(RETRY_PAUSE, RETRY_PAUSE_MAX, 0.1));
        this.context = context;
        this.timers = timers;
        this.encryption = encryption;
        this.settings = settings;
        this.batch = new MigrationBatch(documents, encryption, settings.batchSize());
        this.clock = clock;
    }

    /** The singleton as this node is configured. */
    public static Behavior<Ask> create() {
        return Behaviors.setup(context -> {
            var config = context.getSystem().settings().config();
            return create(
                    ConnectionEncryption.of(config),
                    MigrationSettings.of(config),
                    Store.of(context.getSystem()).documents(),
                    Clock.systemUTC());
        });
    }

    static Behavior<Ask> create(
            ConnectionEncryption encryption,
            MigrationSettings settings,
            StoredDocuments documents,
            Clock clock) {
        return Behaviors.<Object>setup(context ->
                        Behaviors.withTimers(timers ->
                                new EncryptionMigration(
                                        context, timers, encryption, settings, documents, clock)))
                .narrow();
    }

    @Override
    public MigrationState emptyState() {
        return new None();
    }

    @Override
    public EventHandler<MigrationState, MigrationEvent> eventHandler() {
        return MigrationRules::apply;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_A_SNAPSHOT, 1).withDeleteEventsOnSnapshot();
    }

    @Override
    public SignalHandler<MigrationState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(
                        RecoveryCompleted.instance(),
                        _ -> context.getSelf().tell(new Internal.Recovered()))
                .build();
    }

    @Override
    public CommandHandler<Object, MigrationEvent, MigrationState> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Ask.class, this::asked)
                .onCommand(Internal.class, this::proceed)
                .build();
    }

    private Effect<MigrationEvent, MigrationState> asked(MigrationState state, Ask ask) {
        return switch (ask.command()) {
            case Migrate migrate -> migrate(state, migrate, ask.replyTo());
            case RetrieveStatus _ ->
                    reply(
                            ask.replyTo(),
                            dryRun instanceof None
                                    ? MigrationReport.status(state, false)
                                    : MigrationReport.status(dryRun, true));
            case Abort _ -> abort(state, ask.replyTo());
            default -> {
                LOG.atWarn()
                        .addKeyValue("type", ask.command().getClass().getSimpleName())
                        .log("The migration of encryption got what it does not know.");
                yield Effect().none();
            }
        };
    }

    private Effect<MigrationEvent, MigrationState> migrate(
            MigrationState state, Migrate command, ActorRef<Object> replyTo) {
        Optional<Problem> impossible = encryption.notMigratable();
        if (impossible.isPresent()) {
            return reply(replyTo, new ConnectionReply.Failed(impossible.get()));
        }
        if (dryRun instanceof Running || (command.dryRun() && state instanceof Running)) {
            return reply(replyTo, new ConnectionReply.Failed(MigrationProblems.runs()));
        }
        if (command.dryRun()) {
            return startDryRun(replyTo);
        }
        return switch (MigrationRules.decide(state, command, encryption.target())) {
            case ANEW -> start(new Started(encryption.target(), now()), false, replyTo);
            case RESUME -> start(new Resumed(now()), true, replyTo);
            case RUNS_ALREADY ->
                    reply(
                            replyTo,
                            MigrationReport.started(((Known) state).progress(), false, true));
            case NOTHING_TO_RESUME -> reply(replyTo, MigrationReport.nothingToResume(state, now()));
            case REFUSE -> reply(replyTo, new ConnectionReply.Failed(MigrationProblems.runs()));
        };
    }

    private Effect<MigrationEvent, MigrationState> start(
            MigrationEvent event, boolean resumed, ActorRef<Object> replyTo) {
        dryRun = new None();
        return Effect()
                .persist(event)
                .thenRun(next -> {
                    Progress progress = ((Running) next).progress();
                    LOG.atInfo()
                            .addKeyValue("target", progress.target())
                            .addKeyValue("resumed", resumed)
                            .log("Stored connections are being migrated.");
                    replyTo.tell(MigrationReport.started(progress, false, resumed));
                    nextBatch(next);
                });
    }

    private Effect<MigrationEvent, MigrationState> startDryRun(ActorRef<Object> replyTo) {
        Progress progress = Progress.first(encryption.target(), now());
        dryRun = new Running(progress);
        nextBatch(dryRun);
        return reply(replyTo, MigrationReport.started(progress, true, false));
    }

    /** What is under way is awaited: an answer means that nothing is rewritten any more. */
    private Effect<MigrationEvent, MigrationState> abort(
            MigrationState state, ActorRef<Object> replyTo) {
        if (!(state instanceof Running) && !(dryRun instanceof Running)) {
            return reply(replyTo, new ConnectionReply.Failed(MigrationProblems.runsNot()));
        }
        awaitingAbort.add(replyTo);
        return busy ? Effect().none() : abortNow();
    }

    private Effect<MigrationEvent, MigrationState> abortNow() {
        timers.cancelAll();
        return note(
                new MigrationEvent.Aborted(now()),
                next -> {
                    LOG.info("The migration of stored connections is aborted.");
                    answerAborts(MigrationReport.aborted((Aborted) next));
                });
    }

    private void answerAborts(ConnectionReply answer) {
        awaitingAbort.forEach(replyTo -> replyTo.tell(answer));
        awaitingAbort.clear();
    }

    /** Of a dry run nothing is stored. */
    private Effect<MigrationEvent, MigrationState> note(
            MigrationEvent event, Consumer<MigrationState> then) {
        if (!(dryRun instanceof Running)) {
            return Effect().persist(event).thenRun(then::accept);
        }
        dryRun = MigrationRules.apply(dryRun, event);
        then.accept(dryRun);
        return Effect().none();
    }

    private Effect<MigrationEvent, MigrationState> proceed(MigrationState state, Internal message) {
        return switch (message) {
            case Internal.Recovered _ -> recovered(state);
            case Internal.NextBatch _ -> {
                nextBatch(dryRun instanceof Running ? dryRun : state);
                yield Effect().none();
            }
            case Internal.BatchOver(int of, var phase, var result) when of == round ->
                    batchOver(phase, result);
            case Internal.BatchFailed(int of, Throwable failure) when of == round ->
                    batchFailed(failure);
            case Internal.BatchOver _, Internal.BatchFailed _ -> Effect().none();
            // Another abort that came before this message has been answered, and this one with it;
            // where a migration was started after that, its batch is awaited.
            case Internal.AbortWanted _ when awaitingAbort.isEmpty() || busy -> Effect().none();
            case Internal.AbortWanted _ -> abortNow();
        };
    }

    /** A migration that was under way goes on, unless this node is configured for another one. */
    private Effect<MigrationEvent, MigrationState> recovered(MigrationState state) {
        round++;
        busy = false;
        dryRun = new None();
        if (!(state instanceof Running(var progress))) {
            return Effect().none();
        }
        if (progress.target().equals(encryption.target())) {
            LOG.info("The migration of stored connections goes on.");
            nextBatch(state);
            return Effect().none();
        }
        LOG.atWarn()
                .addKeyValue("target", progress.target())
                .addKeyValue("configured", encryption.target())
                .log(
                        "A migration of stored connections was under way for another configuration:"
                                + " start it anew.");
        return Effect().persist(new MigrationEvent.Aborted(now()));
    }

    private void nextBatch(MigrationState state) {
        if (busy || !(state instanceof Running(var progress))) {
            return;
        }
        busy = true;
        int thisRound = ++round;
        MigrationPhase phase = progress.phase();
        context.pipeToSelf(
                batch.run(phase, progress.position(), state == dryRun),
                (result, failure) ->
                        failure == null
                                ? new Internal.BatchOver(thisRound, phase, result)
                                : new Internal.BatchFailed(thisRound, failure));
    }

    private Effect<MigrationEvent, MigrationState> batchOver(
            MigrationPhase phase, MigrationBatch.Result result) {
        busy = false;
        Duration pause =
                dryRun instanceof Running
                        ? Duration.ZERO
                        : settings.pauseAfter(result.counts().processed());
        return note(
                new Advanced(phase, result.last(), result.counts(), result.end(), now()),
                next -> {
                    if (next instanceof Completed(var progress)) {
                        completed(progress);
                    } else {
                        goOn(pause);
                    }
                });
    }

    private Effect<MigrationEvent, MigrationState> batchFailed(Throwable failure) {
        busy = false;
        LOG.atWarn()
                .setCause(failure)
                .log("The store did not do its part of a migration; it is tried again.");
        goOn(RETRY_PAUSE);
        return Effect().none();
    }

    private void goOn(Duration pause) {
        if (awaitingAbort.isEmpty()) {
            timers.startSingleTimer(new Internal.NextBatch(), pause);
        } else {
            context.getSelf().tell(new Internal.AbortWanted());
        }
    }

    private void completed(Progress progress) {
        Counts counts = progress.snapshots().plus(progress.events());
        LOG.atInfo()
                .addKeyValue("dryRun", dryRun instanceof Completed)
                .addKeyValue("target", progress.target())
                .addKeyValue("processed", counts.processed())
                .addKeyValue("skipped", counts.skipped())
                .addKeyValue("failed", counts.failed())
                .log("The migration of stored connections is complete.");
        answerAborts(new ConnectionReply.Failed(MigrationProblems.runsNot()));
        if (counts.processed() > 0 && dryRun instanceof None) {
            Store.of(context.getSystem())
                    .forgetRemains()
                    .whenComplete(EncryptionMigration::forgotten);
        }
    }

    private static void forgotten(Store.@Nullable Remains remains, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.atWarn()
                    .setCause(failure)
                    .log("The store's files may still hold what was replaced.");
        } else {
            LOG.atInfo()
                    .addKeyValue("remains", remains)
                    .log("The store was told to forget what was replaced.");
        }
    }

    private Instant now() {
        return clock.instant();
    }

    private Effect<MigrationEvent, MigrationState> reply(
            ActorRef<Object> replyTo, ConnectionReply reply) {
        replyTo.tell(reply);
        return Effect().none();
    }
}
