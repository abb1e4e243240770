package org.patchbay.connectivity.encryption.migration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.store.StoredDocuments.Position;

/** What happened to a migration; stored, so that another node can go on with it. */
public sealed interface MigrationEvent {

    Instant at();

    /**
     * Began with the first snapshot.
     *
     * @param target what all is to become, see {@link
     *     org.patchbay.connectivity.encryption.ConnectionEncryption#target}
     */
    record Started(String target, Instant at) implements MigrationEvent {}

    /** Went on after it had been aborted. */
    record Resumed(Instant at) implements MigrationEvent {}

    /**
     * Looked at some documents.
     *
     * @param last the last one of them, null where there was none
     * @param counted how many
     * @param end whether none is left in this phase
     */
    record Advanced(
            MigrationPhase phase, @Nullable Position last, Counts counted, boolean end, Instant at)
            implements MigrationEvent {}

    record Aborted(Instant at) implements MigrationEvent {}
}
