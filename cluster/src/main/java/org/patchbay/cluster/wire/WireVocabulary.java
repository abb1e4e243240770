package org.patchbay.cluster.wire;

import com.typesafe.config.Config;
import java.util.List;

/** The types that a module stores or sends between nodes. */
public interface WireVocabulary {

    List<WireType<?>> types();

    /** What else happens to these types' JSON as this node is configured; nothing in most cases. */
    default StoredForm storedForm(Config config) {
        return StoredForm.PLAIN;
    }
}
