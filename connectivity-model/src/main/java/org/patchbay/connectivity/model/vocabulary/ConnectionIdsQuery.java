package org.patchbay.connectivity.model.vocabulary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one can ask the index of connection ids, the singleton {@code connectionIdsRetrieval}. */
public sealed interface ConnectionIdsQuery {

    record All() implements ConnectionIdsQuery {}

    record ByTag(String tag) implements ConnectionIdsQuery {}

    /**
     * A part of all ids, for lists that are read page by page. An id that is created or deleted
     * meanwhile is missed or met at most where it belongs; no other id is missed or met twice.
     *
     * @param after the last id of the page before, which need not exist any more; null for the
     *     first page
     * @param limit how many at most; an answer with fewer is the last page
     */
    record Page(@Nullable String after, int limit) implements ConnectionIdsQuery {}

    /** The answer to each, in order. */
    record Ids(List<String> ids) {}
}
