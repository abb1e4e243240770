package org.patchbay.things.thing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
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
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.cleanup.EntityUpkeep;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards.Passivation;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.things.document.Change;
import org.patchbay.things.document.Decision;
import org.patchbay.things.document.Document;
import org.patchbay.things.document.SignalHeaders;
import org.patchbay.things.enforcement.Policies;
import org.patchbay.things.entity.Entities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around {@link ThingRules}: finds the policy, asks the rules, stores the change, then
 * answers and publishes. A command whose policy must be asked for first holds back those behind it.
 */
public final class ThingEntity extends EventSourcedBehavior<Object, Change, Document> {

    private static final Logger LOG = LoggerFactory.getLogger(ThingEntity.class);

    /** What a command that waited needs is there, or why not. */
    private record Ready(
            Ask ask,
            @Nullable ThingCommand command,
            @Nullable PolicyView view,
            @Nullable Throwable failure) {}

    private record Prepared(@Nullable ThingCommand command, PolicyView view) {}

    private final ActorContext<Object> context;
    private final String thingId;
    private final ThingRules rules;
    private final ThingCreation creation;
    private final Policies policies;
    private final ThingEvents events;
    private final InstantSource clock;
    private final Requesters requesters = new Requesters();
    private final EntityUpkeep upkeep;
    private boolean waiting;

    private ThingEntity(
            ActorContext<Object> context,
            String thingId,
            ThingConfig config,
            Surroundings around,
            Passivation passivation) {
        super(
                PersistenceId.ofUniqueId(EntityKind.THING.persistenceId(thingId)),
                SupervisorStrategy.restartWithBackoff(
                        Duration.ofMillis(200), Duration.ofSeconds(30), 0.2));
        this.context = context;
        this.thingId = thingId;
        this.rules = new ThingRules(config.sizeMax(), config.keptHeaders());
        this.creation = new ThingCreation(around.entities());
        this.policies = around.policies();
        this.events = around.events();
        this.clock = around.clock();
        this.upkeep =
                new EntityUpkeep(
                        context,
                        () -> lastSequenceNumber(context),
                        EntityKind.THING,
                        thingId,
                        config.snapshots(),
                        passivation);
    }

    /** What things use of the node they live on. */
    public record Surroundings(
            Policies policies, Entities entities, ThingEvents events, InstantSource clock) {}

    public static Behavior<Ask> create(
            String thingId, ThingConfig config, Surroundings around, Passivation passivation) {
        Behavior<Object> behavior =
                Behaviors.setup(
                        context -> new ThingEntity(context, thingId, config, around, passivation));
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
                .onSignal(RecoveryCompleted.instance(), _ -> upkeep.snapshots().recovered())
                .build();
    }

    @Override
    public CommandHandler<Object, Change, Document> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Ask.class, this::onAsk)
                .onCommand(Ready.class, this::onReady)
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
        if (waiting) {
            return Effect().stash();
        }
        if (!(ask.command() instanceof SignalRequest request)) {
            return Effect().unhandled();
        }
        if (Requesters.isAnswer(request.signal())) {
            return onAnswer(state, ask, request);
        }
        try {
            return LiveRules.isLive(request.signal())
                    ? onLive(state, ask, request)
                    : onCommand(state, ask, ThingCommand.read(request));
        } catch (ProblemException e) {
            return reply(ask, malformed(request, e.problem()));
        } catch (RuntimeException e) {
            return reply(ask, refuse(request, unexpected(request, e), null));
        }
    }

    private Effect<Change, Document> onCommand(Document state, Ask ask, ThingCommand command) {
        if (!(state instanceof Document.Active thing)) {
            if (!EntityId.isValid(thingId)) {
                return reply(
                        ask, refuse(command.request(), EntityId.invalid("things", thingId), null));
            }
            return ThingRules.creates(command)
                    ? waitFor(ask, prepareCreation(command))
                    : reply(ask, notFound(command.request()));
        }
        String policyId = policyIdOf(thing);
        PolicyView view = policies.known(policyId);
        if (command.action() == ThingCommand.Action.RETRIEVE
                && ThingFields.wantsPolicy(command.request().signal().fields())) {
            return waitFor(ask, prepareWithPolicy(command, policyId));
        }
        return view == null
                ? waitFor(ask, policies.load(policyId).thenApply(v -> new Prepared(command, v)))
                : decide(state, ask, command, view);
    }

    /** Who answers must at least be allowed to see something of the thing. */
    private Effect<Change, Document> onAnswer(Document state, Ask ask, SignalRequest request) {
        PolicyView view =
                state instanceof Document.Active thing ? policies.known(policyIdOf(thing)) : null;
        boolean delivered =
                view != null
                        && LiveRules.mayAnswer(request, view)
                        && requesters.deliver(LiveRules.answer(request), clock.instant());
        Signal signal = request.signal();
        return reply(
                ask,
                delivered
                        ? signal.respond(202, SignalHeaders.ofError(request, null), null)
                        : notFound(request));
    }

    private Effect<Change, Document> onLive(Document state, Ask ask, SignalRequest request) {
        if (!(state instanceof Document.Active thing)) {
            return reply(ask, notFound(request));
        }
        PolicyView view = policies.known(policyIdOf(thing));
        return view == null
                ? waitFor(
                        ask, policies.load(policyIdOf(thing)).thenApply(v -> new Prepared(null, v)))
                : carryOut(state, ask, request, view, LiveRules.decide(thing, request, view));
    }

    private CompletionStage<Prepared> prepareCreation(ThingCommand command) {
        return creation.prepare(command)
                .thenCompose(prepared ->
                        policies.load(prepared.value().path("policyId").asText())
                                .thenApply(view -> new Prepared(prepared, view)));
    }

    private CompletionStage<Prepared> prepareWithPolicy(ThingCommand command, String policyId) {
        return creation.retrievePolicy(command.request(), policyId)
                .handle((policy, _) -> policy == null ? command : command.withPolicy(policy))
                .thenCombine(policies.load(policyId), Prepared::new);
    }

    private Effect<Change, Document> waitFor(Ask ask, CompletionStage<Prepared> stage) {
        waiting = true;
        context.pipeToSelf(
                stage,
                (prepared, failure) ->
                        prepared == null
                                ? new Ready(ask, null, null, failure)
                                : new Ready(ask, prepared.command(), prepared.view(), null));
        return Effect().none();
    }

    private Effect<Change, Document> onReady(Document state, Ready ready) {
        waiting = false;
        SignalRequest request = (SignalRequest) ready.ask().command();
        return onReady(state, ready, request).thenUnstashAll();
    }

    private EffectBuilder<Change, Document> onReady(
            Document state, Ready ready, SignalRequest request) {
        PolicyView view = ready.view();
        if (view == null) {
            return reply(ready.ask(), failed(request, ready.failure()));
        }
        try {
            ThingCommand command = ready.command();
            if (command != null) {
                return decide(state, ready.ask(), command, view);
            }
            return carryOut(
                    state,
                    ready.ask(),
                    request,
                    view,
                    LiveRules.decide((Document.Active) state, request, view));
        } catch (ProblemException e) {
            return reply(ready.ask(), refuse(request, e.problem(), null));
        } catch (RuntimeException e) {
            return reply(ready.ask(), refuse(request, unexpected(request, e), null));
        }
    }

    private EffectBuilder<Change, Document> decide(
            Document state, Ask ask, ThingCommand command, PolicyView view) {
        return carryOut(
                state,
                ask,
                command.request(),
                view,
                rules.decide(state, command, view, clock.instant()));
    }

    private EffectBuilder<Change, Document> carryOut(
            Document state, Ask ask, SignalRequest request, PolicyView view, Decision decision) {
        return switch (decision) {
            case Decision.Persist(var change, var response) ->
                    Effect()
                            .persist(change)
                            .thenRun(after -> {
                                requesters.remember(request, clock.instant());
                                events.publish(request, change, view, state, after);
                                ask.replyTo().tell(response);
                            });
            case Decision.Answer(var response) -> reply(ask, response);
            case Decision.Publish(var signal, var response) -> {
                requesters.remember(request, clock.instant());
                events.publish(request, signal, view, state);
                yield reply(ask, response);
            }
            case Decision.Reject(var problem, var tag) -> reply(ask, refuse(request, problem, tag));
        };
    }

    private EffectBuilder<Change, Document> reply(Ask ask, Signal answer) {
        ask.replyTo().tell(answer);
        return Effect().none();
    }

    private Signal notFound(SignalRequest request) {
        return refuse(request, ThingShape.THING.notFound(thingId, JsonPointer.ROOT), null);
    }

    private static Signal malformed(SignalRequest request, Problem problem) {
        return request.signal().fail(problem, SignalHeaders.ofMalformed(request));
    }

    private static Signal refuse(SignalRequest request, Problem problem, @Nullable String tag) {
        return request.signal().fail(problem, SignalHeaders.ofError(request, tag));
    }

    private Signal failed(SignalRequest request, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case ThingCreation.RefusedException refused -> refused.error();
            case ProblemException problem -> refuse(request, problem.problem(), null);
            case TimeoutException _ -> refuse(request, ThingProblems.unavailable(thingId), null);
            case null, default -> refuse(request, unexpected(request, cause), null);
        };
    }

    private Problem unexpected(SignalRequest request, @Nullable Throwable cause) {
        String correlationId = request.signal().headers().getOr("correlation-id", "unknown");
        LOG.atError()
                .addKeyValue("thingId", thingId)
                .addKeyValue("correlationId", correlationId)
                .setCause(cause)
                .log("A command to a thing failed.");
        return Problems.internal(correlationId);
    }

    private static String policyIdOf(Document.Active thing) {
        JsonNode policyId = thing.json().get("policyId");
        return policyId == null ? "" : policyId.asText();
    }
}
