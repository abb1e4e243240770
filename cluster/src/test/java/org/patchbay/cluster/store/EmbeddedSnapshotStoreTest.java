package org.patchbay.cluster.store;

import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;

/** Pekko's own conformance suite, run against the embedded store as users get it. */
public class EmbeddedSnapshotStoreTest extends JavaSnapshotStoreSpec {

    public EmbeddedSnapshotStoreTest() {
        super(FreshStore.config());
    }
}
