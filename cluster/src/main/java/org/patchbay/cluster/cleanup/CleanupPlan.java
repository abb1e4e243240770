package org.patchbay.cluster.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.patchbay.cluster.store.StoredDocuments.Holding;

/**
 * What to do next about one entity.
 *
 * <p>The state of every moment inside the retention must stay, so its oldest moment decides: the
 * newest snapshot that is as old as that is the base. What is before it goes; it and what is after
 * it stay. Where nothing has happened since, the newest snapshot is the base, however young it is,
 * and where there are events after that, a new one makes them superfluous.
 */
sealed interface CleanupPlan {

    record Nothing() implements CleanupPlan {}

    /** Events up to this snapshot and snapshots before it go. */
    record Delete(long snapshot) implements CleanupPlan {}

    /** The entity is to take a snapshot, so that its events can go. */
    record TakeSnapshot() implements CleanupPlan {}

    /** A deleted entity is to erase its last trace. */
    record Forget(long sequenceNr) implements CleanupPlan {}

    /**
     * A running entity is not asked for a snapshot right after each event, however short history
     * is.
     */
    Duration SETTLED_AFTER = Duration.ofHours(1);

    /**
     * @param aged how old the holding's aged snapshot is: the begin of history
     * @param endings the manifests of snapshots of deleted entities
     */
    static CleanupPlan of(
            Holding holding, Instant aged, Instant now, boolean forgets, Set<String> endings) {
        boolean quiet = !holding.lastStoredAt().isAfter(aged);
        long base = quiet ? holding.newestSnapshot() : holding.agedSnapshot();
        boolean eventsGo = base > 0 && holding.firstEvent() > 0 && holding.firstEvent() <= base;
        boolean snapshotsGo = base > 0 && holding.oldestSnapshot() < base;
        if (eventsGo || snapshotsGo) {
            return new Delete(base);
        }
        if (!quiet) {
            return new Nothing();
        }
        if (holding.newestSnapshot() < holding.lastEvent()) {
            boolean worthIt =
                    holding.firstEvent() < holding.lastEvent() || holding.newestSnapshot() > 0;
            boolean settled = !holding.lastStoredAt().isAfter(now.minus(SETTLED_AFTER));
            return worthIt && settled ? new TakeSnapshot() : new Nothing();
        }
        return forgets && endings.contains(holding.newestManifest())
                ? new Forget(holding.newestSnapshot())
                : new Nothing();
    }
}
