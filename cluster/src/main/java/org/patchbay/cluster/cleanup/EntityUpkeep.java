package org.patchbay.cluster.cleanup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.store.EntitySnapshots;
import org.patchbay.cluster.store.SnapshotSettings;
import org.patchbay.cluster.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an entity does for the store besides its events: a snapshot in time, one that clean-up asks
 * for, and, when it has been deleted for long, forgetting itself. Commands that come while it
 * forgets itself wait for its next life: applied to the old one, they would go on counting a
 * revision that nobody could recover. So do those that come while it leaves memory. Used by the
 * entity's actor alone.
 */
public final class EntityUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(EntityUpkeep.class);

    private enum Life {
        GOES_ON,
        IS_ERASED,
        IS_OVER
    }

    /** What the entity's actor gets about its upkeep and hands back to {@link #on}. */
    public sealed interface Signal {

        record SnapshotDue() implements Signal {}

        record Erased(Ask asked, boolean done) implements Signal {}
    }

    private final ActorContext<Object> context;
    private final LongSupplier lastSequenceNr;
    private final EntityKind kind;
    private final String id;
    private final Shards.Passivation passivation;
    private final EntitySnapshots snapshots;
    private final List<Ask> held = new ArrayList<>();
    private Life life = Life.GOES_ON;

    /**
     * @param lastSequenceNr the number of the last event, when the entity handles a message
     */
    public EntityUpkeep(
            ActorContext<Object> context,
            LongSupplier lastSequenceNr,
            EntityKind kind,
            String id,
            SnapshotSettings settings,
            Shards.Passivation passivation) {
        this.context = context;
        this.lastSequenceNr = lastSequenceNr;
        this.kind = kind;
        this.id = id;
        this.passivation = passivation;
        this.snapshots =
                new EntitySnapshots(
                        context,
                        lastSequenceNr,
                        kind.persistenceId(id),
                        settings,
                        new Signal.SnapshotDue());
    }

    /** When and how the entity's state is stored. */
    public EntitySnapshots snapshots() {
        return snapshots;
    }

    /**
     * Takes a message that is about upkeep, and every one that has to wait for it.
     *
     * @param mayEnd whether the entity is deleted and nothing of it is under way
     */
    public boolean takes(Ask ask, Object state, boolean mayEnd) {
        switch (life) {
            case IS_ERASED -> held.add(ask);
            case IS_OVER -> sendOn(ask);
            case GOES_ON -> {
                if (!(ask.command() instanceof EntityRequest request)) {
                    return false;
                }
                switch (request) {
                    case EntityRequest.TakeSnapshot _ -> takeSnapshot(ask, state);
                    case EntityRequest.Forget(long sequenceNr) -> forget(ask, sequenceNr, mayEnd);
                }
            }
        }
        return true;
    }

    /**
     * Lets the entity leave memory. The shard ends it by a message, and commands may come before
     * that; these wait for the entity's next life too, for what they start would end with this one.
     */
    public void leave(Shards.Passivation out) {
        if (life == Life.GOES_ON) {
            life = Life.IS_OVER;
            out.passivate(context.getSelf().narrow());
        }
    }

    public void on(Signal signal, Object state) {
        switch (signal) {
            case Signal.SnapshotDue _ -> snapshots.onDue(state);
            case Signal.Erased(Ask asked, boolean done) -> erased(asked, done);
        }
    }

    private void takeSnapshot(Ask ask, Object state) {
        snapshots
                .save(state)
                .whenComplete((sequenceNr, failure) -> {
                    if (failure == null) {
                        ask.replyTo().tell(new EntityRequest.SnapshotTaken(sequenceNr));
                    } else {
                        LOG.atWarn()
                                .setCause(failure)
                                .addKeyValue("persistenceId", kind.persistenceId(id))
                                .log("A snapshot for clean-up could not be stored.");
                    }
                });
    }

    private void forget(Ask ask, long sequenceNr, boolean mayEnd) {
        if (!mayEnd || lastSequenceNr.getAsLong() != sequenceNr) {
            ask.replyTo().tell(new EntityRequest.Forgotten(false));
            return;
        }
        life = Life.IS_ERASED;
        ActorSystem<?> system = context.getSystem();
        context.pipeToSelf(
                Store.of(system).documents().erase(kind.persistenceId(id)),
                (_, failure) -> {
                    if (failure != null) {
                        LOG.atWarn()
                                .setCause(failure)
                                .addKeyValue("persistenceId", kind.persistenceId(id))
                                .log("A deleted entity could not be erased.");
                    }
                    return new Signal.Erased(ask, failure == null);
                });
    }

    private void erased(Ask asked, boolean done) {
        // Even where it failed: what is left is not known, so the entity has to be read anew.
        life = Life.IS_OVER;
        passivation.passivate(context.getSelf().narrow());
        asked.replyTo().tell(new EntityRequest.Forgotten(done));
        held.forEach(this::sendOn);
        held.clear();
    }

    /** To the shard, which keeps it until this actor has ended and the entity is started anew. */
    private void sendOn(Ask ask) {
        Shards.of(context.getSystem()).tell(kind, id, ask.command(), ask.replyTo());
    }
}
