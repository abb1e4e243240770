package org.patchbay.things.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
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
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.cleanup.EntityUpkeep;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards.Passivation;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.things.announcement.Announcements;
import org.patchbay.things.document.Change;
import org.patchbay.things.document.Decision;
import org.patchbay.things.document.Document;
import org.patchbay.things.document.SignalHeaders;
import org.patchbay.things.enforcement.Policies;
import org.patchbay.things.enforcement.PolicyCache;
import org.patchbay.things.enforcement.PolicyChanges;
import org.patchbay.things.enforcement.PolicyLookup;
import org.patchbay.things.entity.Entities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around {@link PolicyRules}: asks the rules, stores the change, has all caches forget
 * the policy and only then answers. Lookups of caches are answered at any time, even while a
 * command waits for another policy.
 */
public final class PolicyEntity extends EventSourcedBehavior<Object, Change, Document> {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyEntity.class);

    /** No timer is set for longer; what lies further off is looked at again. */
    private static final Duration TIMER_MAX = Duration.ofHours(12);

    /**
     * @param resolved the policy with the entries that it imports, where the command asks for it
     */
    private record Ready(
            Ask ask,
            @Nullable PolicyView view,
            @Nullable JsonNode resolved,
            @Nullable Signal refusal) {}

    private record ExpireSubjects() {}

    /** What policies use of the node they live on. */
    public record Surroundings(
            Policies policies,
            PolicyChanges changes,
            Entities entities,
            SignalBus bus,
            InstantSource clock) {}

    private final ActorContext<Object> context;
    private final TimerScheduler<Object> timers;
    private final String policyId;
    private final PolicyConfig config;
    private final PolicyRules rules;
    private final Surroundings around;
    private final PolicyImporting importing;
    private final Set<ActorRef<PolicyCache.Message>> holders = new HashSet<>();
    private final Announcements announcements;
    private final EntityUpkeep upkeep;
    private boolean waiting;

    private PolicyEntity(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            String policyId,
            PolicyConfig config,
            Surroundings around,
            Passivation passivation) {
        super(
                PersistenceId.ofUniqueId(EntityKind.POLICY.persistenceId(policyId)),
                SupervisorStrategy.restartWithBackoff(
                        Duration.ofMillis(200), Duration.ofSeconds(30), 0.2));
        this.context = context;
        this.timers = timers;
        this.policyId = policyId;
        this.config = config;
        this.rules = new PolicyRules(config);
        this.around = around;
        this.importing = new PolicyImporting(around.entities());
        this.announcements =
                new Announcements(
                        context, policyId, around.bus(), config.announcements(), around.clock());
        this.upkeep =
                new EntityUpkeep(
                        context,
                        () -> lastSequenceNumber(context),
                        EntityKind.POLICY,
                        policyId,
                        config.snapshots(),
                        passivation);
    }

    public static Behavior<Ask> create(
            String policyId, PolicyConfig config, Surroundings around, Passivation passivation) {
        Behavior<Object> behavior =
                Behaviors.setup(context ->
                        Behaviors.withTimers(timers ->
                                new PolicyEntity(
                                        context, timers, policyId, config, around, passivation)));
        return behavior.narrow();
    }

    @Override
    public Document emptyState() {
        return Document.ABSENT;
    }

    @Override
    public EventHandler<Document, Change> eventHandler() {
        return (state, change) -> {
            upkeep.snapshots().applied();
            return state.apply(change);
        };
    }

    @Override
    public boolean shouldSnapshot(Document state, Change change, long sequenceNr) {
        return upkeep.snapshots().isDue(state instanceof Document.Deleted);
    }

    @Override
    public SignalHandler<Document> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::recovered)
                .build();
    }

    @Override
    public CommandHandler<Object, Change, Document> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Ask.class, this::onAsk)
                .onCommand(Ready.class, this::onReady)
                .onCommand(ExpireSubjects.class, this::onExpireSubjects)
                .onCommand(EntityUpkeep.Signal.class, this::onUpkeep)
                .build();
    }

    private Effect<Change, Document> onUpkeep(Document state, EntityUpkeep.Signal signal) {
        upkeep.on(signal, state);
        return Effect().none();
    }

    private Effect<Change, Document> onAsk(Document state, Ask ask) {
        if (upkeep.takes(ask, state, state instanceof Document.Deleted && !waiting)) {
            return Effect().none();
        }
        return switch (ask.command()) {
            case PolicyLookup lookup -> {
                holders.add(lookup.holder());
                yield reply(ask, new PolicyLookup.Found(policyOf(state), state.revision()));
            }
            case SignalRequest request when waiting -> Effect().stash();
            case SignalRequest request -> onCommand(state, ask, request);
            default -> Effect().unhandled();
        };
    }

    private Effect<Change, Document> onCommand(Document state, Ask ask, SignalRequest request) {
        try {
            PolicyCommand command = command(request);
            Set<String> imports = rules.importsOf(command);
            boolean viewIsOwn =
                    !(state instanceof Document.Active policy)
                            || policy.json().path("imports").isEmpty();
            // What is resolved differs only where something is imported: then the view is not its
            // own either.
            if (imports.isEmpty() && viewIsOwn) {
                return decide(state, ask, command, ownView(state));
            }
            waitFor(state, ask, request, imports, viewIsOwn);
            return Effect().none();
        } catch (ProblemException e) {
            return reply(ask, malformed(request, e.problem()));
        } catch (RuntimeException e) {
            return reply(ask, refuse(request, unexpected(request, e), null));
        }
    }

    private PolicyCommand command(SignalRequest request) {
        return PolicyCommand.read(
                request, new PolicyExpiry(around.clock().instant(), config.expiryGranularity()));
    }

    /** Asks whether the imports may be read, and for the view of a policy that imports already. */
    private void waitFor(
            Document state,
            Ask ask,
            SignalRequest request,
            Set<String> imports,
            boolean viewIsOwn) {
        waiting = true;
        PolicyView known = around.policies().known(policyId);
        CompletionStage<PolicyView> view =
                viewIsOwn
                        ? CompletableFuture.completedStage(ownView(state))
                        : known != null
                                ? CompletableFuture.completedStage(known)
                                : around.policies().load(policyId);
        CompletionStage<Optional<JsonNode>> resolved =
                !viewIsOwn && PolicyCommand.wantsResolved(request)
                        ? around.policies().resolved(policyId)
                        : CompletableFuture.completedStage(Optional.empty());
        CompletionStage<Ready> ready =
                importing
                        .refusal(request, imports)
                        .thenCombine(
                                view,
                                (refusal, loaded) ->
                                        new Ready(ask, loaded, null, refusal.orElse(null)))
                        .thenCombine(
                                resolved,
                                (done, json) ->
                                        new Ready(
                                                ask,
                                                done.view(),
                                                json.orElse(null),
                                                done.refusal()));
        context.pipeToSelf(
                ready,
                (done, failure) ->
                        done == null
                                ? new Ready(
                                        ask,
                                        null,
                                        null,
                                        refuse(request, failed(request, failure), null))
                                : done);
    }

    private Effect<Change, Document> onReady(Document state, Ready ready) {
        waiting = false;
        SignalRequest request = (SignalRequest) ready.ask().command();
        PolicyView view = ready.view();
        Signal refusal = ready.refusal();
        if (refusal != null || view == null) {
            return reply(
                            ready.ask(),
                            refusal == null
                                    ? refuse(request, unexpected(request, null), null)
                                    : refusal)
                    .thenUnstashAll();
        }
        try {
            PolicyCommand command = command(request).withResolved(ready.resolved());
            return decide(state, ready.ask(), command, view).thenUnstashAll();
        } catch (ProblemException e) {
            return reply(ready.ask(), refuse(request, e.problem(), null)).thenUnstashAll();
        } catch (RuntimeException e) {
            return reply(ready.ask(), refuse(request, unexpected(request, e), null))
                    .thenUnstashAll();
        }
    }

    private EffectBuilder<Change, Document> decide(
            Document state, Ask ask, PolicyCommand command, PolicyView view) {
        Decision decision = rules.decide(state, command, view, around.clock().instant());
        return switch (decision) {
            case Decision.Persist(var change, var response) ->
                    Effect()
                            .persist(change)
                            .thenRun(after -> {
                                scheduleExpiry(after);
                                announcements.changed(policyOf(state), policyOf(after));
                                tellCaches(change).thenRun(() -> ask.replyTo().tell(response));
                            });
            case Decision.Answer(var response) -> reply(ask, response);
            case Decision.Publish(_, var response) -> reply(ask, response);
            case Decision.Reject(var problem, var tag) ->
                    reply(ask, refuse(command.request(), problem, tag));
        };
    }

    private void recovered(Document state) {
        upkeep.snapshots().recovered();
        scheduleExpiry(state);
        announcements.found(policyOf(state));
    }

    private static @Nullable JsonNode policyOf(Document state) {
        return state instanceof Document.Active policy ? policy.json() : null;
    }

    private CompletionStage<Void> tellCaches(Change change) {
        return around.changes().tell(policyId, change.revision(), Set.copyOf(holders));
    }

    private void scheduleExpiry(Document state) {
        Optional<PolicyExpiry.Ending> first = PolicyExpiry.first(state);
        if (first.isEmpty()) {
            timers.cancel(ExpireSubjects.class);
            return;
        }
        Duration left = Duration.between(around.clock().instant(), first.get().at());
        Duration wait = left.compareTo(TIMER_MAX) > 0 ? TIMER_MAX : left;
        timers.startSingleTimer(
                ExpireSubjects.class,
                new ExpireSubjects(),
                wait.isNegative() ? Duration.ZERO : wait);
    }

    /** Deletes one subject whose time has come; the others follow with the next timer. */
    private Effect<Change, Document> onExpireSubjects(Document state, ExpireSubjects message) {
        Instant now = around.clock().instant();
        Optional<PolicyExpiry.Ending> due =
                PolicyExpiry.first(state).filter(ending -> !ending.at().isAfter(now));
        if (due.isEmpty()) {
            scheduleExpiry(state);
            return Effect().none();
        }
        Change change =
                new Change(
                        Change.Action.DELETED,
                        due.get().subject(),
                        null,
                        state.revision() + 1,
                        now,
                        Headers.EMPTY);
        return Effect()
                .persist(change)
                .thenRun(after -> {
                    scheduleExpiry(after);
                    announcements.changed(policyOf(state), policyOf(after));
                    tellCaches(change);
                });
    }

    private static PolicyView ownView(Document state) {
        return state instanceof Document.Active policy
                ? PolicyView.of(policy.json())
                : PolicyView.NOTHING;
    }

    private EffectBuilder<Change, Document> reply(Ask ask, Object answer) {
        ask.replyTo().tell(answer);
        return Effect().none();
    }

    private static Signal malformed(SignalRequest request, Problem problem) {
        return request.signal().fail(problem, SignalHeaders.ofMalformed(request));
    }

    private static Signal refuse(SignalRequest request, Problem problem, @Nullable String tag) {
        return request.signal().fail(problem, SignalHeaders.ofError(request, tag));
    }

    private Problem failed(SignalRequest request, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof TimeoutException
                ? PolicyProblems.unavailable(policyId)
                : unexpected(request, failure);
    }

    private Problem unexpected(SignalRequest request, @Nullable Throwable cause) {
        String correlationId = request.signal().headers().getOr("correlation-id", "unknown");
        LOG.atError()
                .addKeyValue("policyId", policyId)
                .addKeyValue("correlationId", correlationId)
                .setCause(cause)
                .log("A command to a policy failed.");
        return Problems.internal(correlationId);
    }
}
