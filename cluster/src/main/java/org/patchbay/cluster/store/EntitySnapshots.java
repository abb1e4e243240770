package org.patchbay.cluster.store;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when the whole state of one entity is stored, and stores it between events, which Pekko's
 * behaviors can't: they take a snapshot with an event or not at all. Used by the entity's actor
 * alone. Old snapshots stay until clean-up deletes them: history starts at one.
 */
public final class EntitySnapshots {

    private static final Logger LOG = LoggerFactory.getLogger(EntitySnapshots.class);
    private static final Duration SAVE_TIMEOUT = Duration.ofSeconds(20);

    private final ActorContext<Object> context;
    private final LongSupplier lastSequenceNr;
    private final String persistenceId;
    private final SnapshotSettings settings;
    private final Object due;
    private int unsaved;
    private boolean recovered;
    private boolean scheduled;

    /**
     * @param lastSequenceNr the number of the last event, when the entity handles a message
     * @param due what the entity's actor is to get when the interval is over; it then calls {@link
     *     #onDue}
     */
    public EntitySnapshots(
            ActorContext<Object> context,
            LongSupplier lastSequenceNr,
            String persistenceId,
            SnapshotSettings settings,
            Object due) {
        this.context = context;
        this.lastSequenceNr = lastSequenceNr;
        this.persistenceId = persistenceId;
        this.settings = settings;
        this.due = due;
    }

    /** An event was applied, be it new or read from the store. */
    public void applied() {
        unsaved++;
        schedule();
    }

    /** All stored events have been applied. */
    public void recovered() {
        recovered = true;
        schedule();
    }

    /**
     * Whether the state is to be stored with the event that has just been stored.
     *
     * @param last whether the event ends the entity's life, so that it may soon leave memory for
     *     long
     */
    public boolean isDue(boolean last) {
        if (last || unsaved >= settings.threshold()) {
            unsaved = 0;
            return true;
        }
        return false;
    }

    /** Stores the state; completes with its number. */
    public CompletionStage<Long> save(Object state) {
        long sequenceNr = lastSequenceNr.getAsLong();
        unsaved = 0;
        SnapshotMetadata metadata =
                new SnapshotMetadata(persistenceId, sequenceNr, System.currentTimeMillis());
        return Patterns.ask(
                        store(), new SnapshotProtocol.SaveSnapshot(metadata, state), SAVE_TIMEOUT)
                .thenApply(answer ->
                        switch (answer) {
                            case SaveSnapshotSuccess _ -> sequenceNr;
                            case SaveSnapshotFailure failure ->
                                    throw new IllegalStateException(failure.cause());
                            default -> throw new IllegalStateException(answer.toString());
                        });
    }

    public void onDue(Object state) {
        scheduled = false;
        if (unsaved == 0) {
            return;
        }
        save(state)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        LOG.atWarn()
                                .setCause(failure)
                                .addKeyValue("persistenceId", persistenceId)
                                .log("A snapshot could not be stored; the events are.");
                    }
                });
    }

    private void schedule() {
        if (recovered && !scheduled && unsaved > 0) {
            scheduled = true;
            context.scheduleOnce(settings.interval(), context.getSelf(), due);
        }
    }

    private ActorRef store() {
        return Persistence.get(Adapter.toClassic(context.getSystem()))
                .snapshotStoreFor("", ConfigFactory.empty());
    }
}
