package org.patchbay.things.thing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
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
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.cluster.cleanup.EntityUpkeep;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards.Passivation;
import org.patchbay.things.document.Change;
import org.patchbay.things.document.Document;
import org.patchbay.things.enforcement.Policies;
import org.patchbay.things.entity.Entities;
import org.patchbay.things.thing.rules.ThingRules;

/**
 * The shell around {@link ThingRequests}: stores what the requests of a message change, all at
 * once, then publishes and answers in their order. A message whose first request has to wait for
 * something holds back those behind it.
 */
public final class ThingEntity extends EventSourcedBehavior<Object, Change, Document> {

    /** What the first request of a message waited for is there, or why not. */
    private record Ready(
            Ask ask, ThingRequests.@Nullable Prepared prepared, @Nullable Throwable failure) {}

    private final ActorContext<Object> context;
    private final ThingRequests requests;
    private final ThingEvents events;
    private final InstantSource clock;
    private final Requesters requesters = new Requesters();
    private final EntityUpkeep upkeep;

    /** Changes on their way to the event handler, which need not be applied once more. */
    private final Deque<Outcome.Changed> decided = new ArrayDeque<>();

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
        this.requests =
                new ThingRequests(
                        thingId,
                        new ThingRules(config.sizeMax(), config.keptHeaders()),
                        new ThingCreation(around.entities()),
                        around.policies(),
                        requesters,
                        around.clock());
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
            Outcome.Changed known = decided.poll();
            return known != null && known.change() == change ? known.after() : state.apply(change);
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
        List<SignalRequest> all = requestsOf(ask);
        if (all.isEmpty()) {
            return Effect().unhandled();
        }
        return switch (requests.take(state, all.getFirst())) {
            case ThingRequests.Step.Done(var first) -> carryOut(ask, state, first);
            case ThingRequests.Step.Waits(var what) -> waitFor(ask, what.get());
        };
    }

    private static List<SignalRequest> requestsOf(Ask ask) {
        return switch (ask.command()) {
            case SignalRequest request -> List.of(request);
            case SignalWindow window -> window.requests();
            default -> List.of();
        };
    }

    private Effect<Change, Document> waitFor(
            Ask ask, CompletionStage<ThingRequests.Prepared> stage) {
        waiting = true;
        context.pipeToSelf(stage, (prepared, failure) -> new Ready(ask, prepared, failure));
        return Effect().none();
    }

    private Effect<Change, Document> onReady(Document state, Ready ready) {
        waiting = false;
        SignalRequest request = requestsOf(ready.ask()).getFirst();
        ThingRequests.Prepared prepared = ready.prepared();
        Outcome first =
                prepared == null
                        ? requests.fail(request, ready.failure())
                        : requests.resume(state, request, prepared);
        return carryOut(ready.ask(), state, first).thenUnstashAll();
    }

    private EffectBuilder<Change, Document> carryOut(Ask ask, Document state, Outcome first) {
        List<Outcome> outcomes = requests.allFrom(first, state, requestsOf(ask));
        List<Change> changes = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Changed changed) {
                changes.add(changed.change());
                decided.add(changed);
            }
        }
        if (changes.isEmpty()) {
            tell(ask, outcomes);
            return Effect().none();
        }
        return Effect().persist(changes).thenRun(_ -> tell(ask, outcomes));
    }

    private void tell(Ask ask, List<Outcome> outcomes) {
        outcomes.forEach(this::publish);
        ask.replyTo()
                .tell(
                        ask.command() instanceof SignalWindow
                                ? new SignalAnswers(outcomes.stream().map(Outcome::answer).toList())
                                : outcomes.getFirst().answer());
    }

    private void publish(Outcome outcome) {
        switch (outcome) {
            case Outcome.Changed(
                            var request,
                            _,
                            var change,
                            var readers,
                            var before,
                            var after) -> {
                requesters.remember(request, readers, clock.instant());
                events.publish(request, change, readers, before, after);
            }
            case Outcome.Published(var request, _, var signal, var readers, var thing) -> {
                requesters.remember(request, readers, clock.instant());
                events.publish(request, signal, readers, thing);
            }
            case Outcome.Answered _ -> {
                // Its sender alone hears of it.
            }
        }
    }
}
