package org.patchbay.cluster.wire;

import java.util.List;

/** The types that a module stores or sends between nodes. */
public interface WireVocabulary {

    List<WireType<?>> types();
}
