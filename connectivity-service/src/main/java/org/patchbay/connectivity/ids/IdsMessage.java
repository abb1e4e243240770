package org.patchbay.connectivity.ids;

import java.util.List;

/** What the index and the entities of connections tell each other. */
public sealed interface IdsMessage {

    /**
     * Asks an entity what it is; it answers an {@link Update}. An open one that did not run runs
     * then.
     */
    record Peek() implements IdsMessage {}

    /** Asks the index whether it is built; it answers {@link Noted} once it is. */
    record AwaitBuilt() implements IdsMessage {}

    /** What an entity is, as of a revision; the later one counts, in whatever order they arrive. */
    sealed interface Update extends IdsMessage {
        String id();

        long revision();
    }

    record Present(String id, long revision, boolean open, List<String> tags) implements Update {
        public Present {
            tags = List.copyOf(tags);
        }
    }

    /** Deleted, or never created. */
    record Gone(String id, long revision) implements Update {}

    /** All that was stored of it has been erased; what comes next starts at revision 1. */
    record Erased(String id) implements Update {
        @Override
        public long revision() {
            return Long.MAX_VALUE;
        }
    }

    /**
     * The index's answer to an update, which it reckons with from now on, and to {@link
     * AwaitBuilt}.
     */
    record Noted() implements IdsMessage {}
}
