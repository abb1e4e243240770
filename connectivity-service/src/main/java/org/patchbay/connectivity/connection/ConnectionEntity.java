package org.patchbay.connectivity.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.patchbay.cluster.cleanup.EntityUpkeep;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards.Passivation;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.connection.rules.Answer;
import org.patchbay.connectivity.connection.rules.ConnectionRules;
import org.patchbay.connectivity.connection.rules.ConnectionState;
import org.patchbay.connectivity.connection.rules.ConnectionState.Absent;
import org.patchbay.connectivity.connection.rules.ConnectionState.Closed;
import org.patchbay.connectivity.connection.rules.ConnectionState.Deleted;
import org.patchbay.connectivity.connection.rules.ConnectionState.Existing;
import org.patchbay.connectivity.connection.rules.ConnectionState.Open;
import org.patchbay.connectivity.connection.rules.Decision;
import org.patchbay.connectivity.connection.rules.SideEffect;
import org.patchbay.connectivity.encryption.ConnectionEncryption;
import org.patchbay.connectivity.ids.IdsMessage;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.Reports;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around {@link ConnectionRules}: checks what is new, asks the rules, stores what they
 * say, and carries out the effects. An open connection starts its clients as soon as it is
 * recovered.
 */
public final class ConnectionEntity
        extends EventSourcedBehavior<Object, ConnectionEvent, ConnectionState> {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionEntity.class);

    /** How long stays what was only looked at, or is not there. */
    private static final Duration UNUSED_IDLE = Duration.ofSeconds(10);

    /** A command whose connection has been checked. */
    private record Checked(Ask ask, ConnectionCommand command, Optional<Problem> problem) {}

    /** Nobody has asked for anything for a while. */
    private record Idle() {}

    private final String id;
    private final ActorContext<Object> context;
    private final Passivation passivation;
    private final EntityEnvironment environment;
    private final ConnectionRules rules;
    private final Clients clients;
    private final EntityUpkeep upkeep;

    /** Commands that are not answered yet; counted down by whatever thread answers. */
    private final AtomicInteger unanswered = new AtomicInteger();

    private boolean used;

    /** A command is being checked; the next ones wait. */
    private boolean checking;

    private ConnectionEntity(
            String id,
            ActorContext<Object> context,
            Passivation passivation,
            EntityEnvironment environment) {
        super(PersistenceId.ofUniqueId(EntityKind.CONNECTION.persistenceId(id)));
        this.id = id;
        this.context = context;
        this.passivation = passivation;
        this.environment = environment;
        this.rules = new ConnectionRules(id);
        this.clients = new Clients(id, context, environment);
        this.upkeep =
                new EntityUpkeep(
                        context,
                        () -> lastSequenceNumber(context),
                        EntityKind.CONNECTION,
                        id,
                        environment.settings().snapshots(),
                        this::forgotten);
    }

    static Behavior<Ask> create(String id, Passivation passivation, EntityEnvironment environment) {
        return Behaviors.<Object>setup(
                        context -> new ConnectionEntity(id, context, passivation, environment))
                .narrow();
    }

    @Override
    public ConnectionState emptyState() {
        return new Absent();
    }

    @Override
    public EventHandler<ConnectionState, ConnectionEvent> eventHandler() {
        return (state, event) -> {
            upkeep.snapshots().applied();
            return ConnectionRules.apply(state, event);
        };
    }

    @Override
    public boolean shouldSnapshot(ConnectionState state, ConnectionEvent event, long sequenceNr) {
        return upkeep.snapshots().isDue(state instanceof Deleted);
    }

    @Override
    public SignalHandler<ConnectionState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::recovered)
                .build();
    }

    @Override
    public CommandHandler<Object, ConnectionEvent, ConnectionState> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Ask.class, this::asked)
                .onCommand(Checked.class, this::checked)
                .onCommand(
                        Clients.Signal.class,
                        (_, signal) -> {
                            clients.on(signal);
                            return Effect().none();
                        })
                .onCommand(
                        EntityUpkeep.Signal.class,
                        (state, signal) -> {
                            upkeep.on(signal, state);
                            return Effect().none();
                        })
                .onCommand(Idle.class, (state, _) -> idle(state))
                .build();
    }

    private void recovered(ConnectionState state) {
        if (state instanceof Existing existing) {
            ConnectionEncryption.problem(existing.connection()).ifPresent(this::warn);
        }
        upkeep.snapshots().recovered();
        if (state instanceof Open open) {
            LOG.atInfo().addKeyValue("connectionId", id).log("An open connection is back.");
            clients.start(open.connection());
        }
        watchIdleness(state);
    }

    private void warn(Problem problem) {
        LOG.atError()
                .addKeyValue("connectionId", id)
                .log(problem.message() + " " + problem.description());
    }

    private Effect<ConnectionEvent, ConnectionState> asked(ConnectionState state, Ask ask) {
        if (upkeep.takes(ask, state, state instanceof Deleted && isAtRest())) {
            return Effect().none();
        }
        if (!used && ask.command() instanceof ConnectionCommand) {
            used = true;
            watchIdleness(state);
        }
        return switch (ask.command()) {
            case ConnectionCommand command when checking && ConnectionRules.takesTurns(command) ->
                    Effect().stash();
            case ConnectionCommand command -> commanded(state, command, ask);
            case IdsMessage.Peek _ -> {
                ask.replyTo().tell(update(state));
                yield Effect().none();
            }
            default -> {
                LOG.atWarn()
                        .addKeyValue("connectionId", id)
                        .addKeyValue("type", ask.command().getClass().getSimpleName())
                        .log("A connection got what it does not know.");
                yield Effect().none();
            }
        };
    }

    private Effect<ConnectionEvent, ConnectionState> commanded(
            ConnectionState state, ConnectionCommand command, Ask ask) {
        return withSecrets(
                state,
                command,
                ask.replyTo(),
                restored ->
                        switch (restored) {
                            case ConnectionCommand.Create(var connection) ->
                                    check(ask, command, connection);
                            case ConnectionCommand.Modify(var connection, _) ->
                                    check(ask, command, connection);
                            case ConnectionCommand other -> decide(state, other, ask.replyTo());
                        });
    }

    /** With the secrets as they are stored now, which may have changed since the last time. */
    private EffectBuilder<ConnectionEvent, ConnectionState> withSecrets(
            ConnectionState state,
            ConnectionCommand command,
            ActorRef<Object> replyTo,
            Function<ConnectionCommand, EffectBuilder<ConnectionEvent, ConnectionState>> then) {
        MaskedSecrets.Restored restored = environment.masks().restored(state, command);
        if (restored.problem().isPresent()) {
            replyTo.tell(new ConnectionReply.Failed(restored.problem().get()));
            return Effect().none();
        }
        return then.apply(restored.command());
    }

    /** Off the actor: scripts are compiled and names resolved. */
    private EffectBuilder<ConnectionEvent, ConnectionState> check(
            Ask ask, ConnectionCommand command, Connection connection) {
        unanswered.incrementAndGet();
        checking = true;
        context.pipeToSelf(
                environment.checks().check(connection),
                (problem, failure) ->
                        new Checked(
                                ask,
                                command,
                                failure == null ? problem : Optional.of(internal(failure))));
        return Effect().none();
    }

    private Effect<ConnectionEvent, ConnectionState> checked(
            ConnectionState state, Checked checked) {
        unanswered.decrementAndGet();
        checking = false;
        if (checked.problem().isPresent()) {
            checked.ask().replyTo().tell(new ConnectionReply.Failed(checked.problem().get()));
            return Effect().none().thenUnstashAll();
        }
        ActorRef<Object> replyTo = checked.ask().replyTo();
        return withSecrets(
                        state,
                        checked.command(),
                        replyTo,
                        command -> decide(state, command, replyTo))
                .thenUnstashAll();
    }

    private EffectBuilder<ConnectionEvent, ConnectionState> decide(
            ConnectionState state, ConnectionCommand command, ActorRef<Object> replyTo) {
        Decision decision = rules.decide(state, command, environment.clock().instant());
        if (decision.event().isEmpty()) {
            carryOut(decision, replyTo);
            return Effect().none();
        }
        return Effect()
                .persist(decision.event().get())
                .thenRun(next -> {
                    carryOut(decision, replyTo);
                    watchIdleness(next);
                });
    }

    private void carryOut(Decision decision, ActorRef<Object> replyTo) {
        CompletionStage<?> indexed = CompletableFuture.completedFuture(null);
        for (SideEffect effect : decision.effects()) {
            switch (effect) {
                case SideEffect.StartClients(var connection) -> clients.start(connection);
                case SideEffect.RestartClients(var connection) -> clients.start(connection);
                case SideEffect.StopClients _ -> clients.stop();
                case SideEffect.TryNow _ -> clients.tell(new ClientCommand.TryNow());
                case SideEffect.UpdateIndex(var state) ->
                        indexed = environment.index().apply(update(state));
                case SideEffect.ResetMetrics _ -> clients.tell(new ClientCommand.ResetMetrics());
                case SideEffect.EnableLogs _ -> clients.tell(new ClientCommand.EnableLogs());
                case SideEffect.ResetLogs _ -> clients.tell(new ClientCommand.ResetLogs());
            }
        }
        unanswered.incrementAndGet();
        answer(decision.answer())
                .thenCombine(indexed, (reply, _) -> reply)
                .whenComplete((reply, failure) -> {
                    unanswered.decrementAndGet();
                    replyTo.tell(
                            failure == null
                                    ? reply
                                    : new ConnectionReply.Failed(internal(failure)));
                });
    }

    private CompletionStage<ConnectionReply> answer(Answer answer) {
        return switch (answer) {
            case Answer.Now(var reply) -> CompletableFuture.completedFuture(reply);
            case Answer.WhenOpen _ -> clients.open();
            case Answer.WhenClosed(var reply) -> clients.closed().thenApply(_ -> reply);
            case Answer.ByClient(var response) -> clients.take(response);
            case Answer.WithReport(var kind, var connection) -> report(kind, connection);
            case Answer.WithPresets(var stored) ->
                    CompletableFuture.completedFuture(withPresets(stored));
            case Answer.WithTest(var connection) ->
                    environment.dryRun().apply(connection).thenApply(ConnectionReply.Tested::new);
            case Answer.WithMappingTest(var test) ->
                    environment.mappings().apply(test).thenApply(tested -> tested);
            case Answer.WithHistory(var revision, var timestamp) ->
                    environment.history().at(id, revision, timestamp);
        };
    }

    private ConnectionReply withPresets(ConnectionReply.Stored stored) {
        Connection resolved = environment.running().apply(stored.connection());
        return new ConnectionReply.Retrieved(
                new ConnectionReply.Stored(
                        resolved,
                        stored.revision(),
                        stored.created(),
                        stored.modified(),
                        stored.deleted()));
    }

    private CompletionStage<ConnectionReply> report(ReportKind kind, Connection connection) {
        return clients.report(kind, environment.clock().instant())
                .thenApply(parts ->
                        new ConnectionReply.Report(Reports.merge(kind, connection, parts)));
    }

    private Effect<ConnectionEvent, ConnectionState> idle(ConnectionState state) {
        if (!(state instanceof Open) && isAtRest()) {
            upkeep.leave(passivation);
        }
        return Effect().none();
    }

    /** Its next life counts from 1, which the index must not take for the past. */
    private void forgotten(ActorRef<Ask> self) {
        environment
                .index()
                .apply(new IdsMessage.Erased(id))
                .whenComplete((_, _) -> passivation.passivate(self));
    }

    private boolean isAtRest() {
        return !clients.busy() && unanswered.get() == 0;
    }

    /** An open connection stays in memory; the others leave it and are not remembered then. */
    private void watchIdleness(ConnectionState state) {
        switch (state) {
            case Open _ -> context.cancelReceiveTimeout();
            case Closed _ when used -> leaveAfter(environment.settings().closedIdle());
            case Deleted _ when used -> leaveAfter(environment.settings().deletedIdle());
            case Closed _, Deleted _, Absent _ -> leaveAfter(UNUSED_IDLE);
        }
    }

    private void leaveAfter(Duration idle) {
        context.setReceiveTimeout(idle, new Idle());
    }

    private IdsMessage.Update update(ConnectionState state) {
        return StoredStates.update(id, state);
    }

    private Problem internal(Throwable failure) {
        LOG.atError()
                .setCause(failure)
                .addKeyValue("connectionId", id)
                .log("A command of a connection failed.");
        return Problems.internal(id);
    }
}
