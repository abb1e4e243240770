package org.patchbay.things.document;

import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;

/** What the rules say to a command. */
public sealed interface Decision {

    /** Store the change, then answer. */
    record Persist(Change change, Signal response) implements Decision {}

    /** Nothing changes. */
    record Answer(Signal response) implements Decision {}

    /** Nothing changes, but others hear of it. */
    record Publish(Signal signal, Signal response) implements Decision {}

    /**
     * @param tag the entity tag of what the command points to, where a precondition failed
     */
    record Reject(Problem problem, @Nullable String tag) implements Decision {}

    static Decision reject(Problem problem) {
        return new Reject(problem, null);
    }
}
