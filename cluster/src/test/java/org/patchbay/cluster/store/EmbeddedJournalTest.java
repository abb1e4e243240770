package org.patchbay.cluster.store;

import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;

/** Pekko's own conformance suite, run against the embedded store as users get it. */
public class EmbeddedJournalTest extends JavaJournalSpec {

    public EmbeddedJournalTest() {
        super(FreshStore.config());
    }

    @Override
    public CapabilityFlag supportsRejectingNonSerializableObjects() {
        return CapabilityFlag.on();
    }
}
