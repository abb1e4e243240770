package org.patchbay.cluster.cleanup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.patchbay.protocol.Problem;

/** What the clean-up of a service answers; the objects are as they go to an operator. */
public sealed interface CleanupReply {

    /** The settings in force, after a change too. */
    record Settings(ObjectNode config) implements CleanupReply {}

    /**
     * @param statusInfo {@code {"status": "UP", "details": [{"INFO": {"state": …, "pid": …}}]}}
     */
    record Health(ObjectNode statusInfo) implements CleanupReply {}

    /** A new pass is going to start. */
    record Restarted() implements CleanupReply {}

    /**
     * @param persistenceId {@code <kind>:<id>}
     */
    record CleanedUp(String persistenceId) implements CleanupReply {}

    record Failed(Problem problem) implements CleanupReply {}
}
