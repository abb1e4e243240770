package org.patchbay.cluster.node;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.protocol.Problem;

/** An event-sourced entity that counts what it is sent, and answers with the count as a status. */
public final class Counter extends EventSourcedBehavior<Ask, Problem, Integer> {

    public static final Problem ONE = Problem.of(1, "one", "One more.");

    public static Behavior<Ask> create(EntityKind kind, String id) {
        return new Counter(PersistenceId.ofUniqueId(kind.persistenceId(id)));
    }

    private Counter(PersistenceId id) {
        super(id);
    }

    @Override
    public Integer emptyState() {
        return 0;
    }

    @Override
    public CommandHandler<Ask, Problem, Integer> commandHandler() {
        return newCommandHandlerBuilder().forAnyState().onAnyCommand(this::count);
    }

    private Effect<Problem, Integer> count(Ask ask) {
        return Effect()
                .persist((Problem) ask.command())
                .thenRun(count -> ask.replyTo().tell(Problem.of(count, "count", "Counted.")));
    }

    @Override
    public EventHandler<Integer, Problem> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent((count, _) -> count + 1);
    }
}
