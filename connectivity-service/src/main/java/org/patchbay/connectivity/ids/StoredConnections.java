package org.patchbay.connectivity.ids;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.ids.IdsMessage.Update;

/** Where the index learns what there is. */
public interface StoredConnections {

    /**
     * Some stored connections, read without starting them.
     *
     * @param updates what they are; one that can't be read is left out
     * @param last where the next page starts; null: that was the last one
     * @param unreadable the ids of those
     */
    record Page(List<Update> updates, @Nullable String last, List<String> unreadable) {
        public Page {
            updates = List.copyOf(updates);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** Those after this id, in order, deleted ones among them; null for the first page. */
    CompletionStage<Page> pageAfter(@Nullable String after, int limit);

    /** Asks a connection itself: one that is open and does not run starts with that. */
    CompletionStage<Update> wake(String id);
}
