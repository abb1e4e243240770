package org.patchbay.connectivity.encryption.migration;

import org.patchbay.cluster.store.StoredDocuments.Part;

/** The parts of the store, in the order in which they are migrated. */
public enum MigrationPhase {
    SNAPSHOTS("snapshots", Part.SNAPSHOT),
    JOURNAL("journal", Part.EVENT);

    private final String wireName;
    private final Part part;

    MigrationPhase(String wireName, Part part) {
        this.wireName = wireName;
        this.part = part;
    }

    public String wireName() {
        return wireName;
    }

    Part part() {
        return part;
    }

    static MigrationPhase named(String wireName) {
        return wireName.equals(SNAPSHOTS.wireName) ? SNAPSHOTS : JOURNAL;
    }
}
