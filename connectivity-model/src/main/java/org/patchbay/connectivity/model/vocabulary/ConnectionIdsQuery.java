package org.patchbay.connectivity.model.vocabulary;

import java.util.List;

/** What one can ask the index of connection ids, the singleton {@code connectionIdsRetrieval}. */
public sealed interface ConnectionIdsQuery {

    record All() implements ConnectionIdsQuery {}

    record ByTag(String tag) implements ConnectionIdsQuery {}

    /** The answer to both, in order. */
    record Ids(List<String> ids) {}
}
