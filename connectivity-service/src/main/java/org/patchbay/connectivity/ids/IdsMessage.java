package org.patchbay.connectivity.ids;

import java.util.List;

/** What the index and the entities of connections tell each other. */
public sealed interface IdsMessage {

    /** Asks an entity what it is; it answers an {@link Update}. An open one that did not run runs then. */
    record Peek() implements IdsMessage {}

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

    /** The index's answer to an update: queries from now on reckon with it. */
    record Noted() implements IdsMessage {}
}
