package org.patchbay.connectivity.model.vocabulary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.protocol.Problem;

/** What a connection answers. */
public sealed interface ConnectionReply {

    /** Done; with what was created where something was. */
    record Created(Stored stored) implements ConnectionReply {}

    record Modified(long revision) implements ConnectionReply {}

    record Deleted(long revision) implements ConnectionReply {}

    /** An opened, closed or reset connection. */
    record Done() implements ConnectionReply {}

    record Retrieved(Stored stored) implements ConnectionReply {}

    /** Status, metrics or logs, as the HTTP API writes them. */
    record Report(ObjectNode json) implements ConnectionReply {}

    /** A connection that was tried out, whether it would work or not. */
    record Tested(DryRunReport report) implements ConnectionReply {}

    /** What came of a mapping that was tried out, or of the attempt, as the HTTP API answers it. */
    record MappingTested(int status, ObjectNode json) implements ConnectionReply {}

    /**
     * Refused.
     *
     * @param revision of the connection as it is, where it exists: a failed precondition answers
     *     with its ETag
     */
    record Failed(Problem problem, @Nullable Long revision) implements ConnectionReply {
        public Failed(Problem problem) {
            this(problem, null);
        }
    }

    /** A connection with what the store knows of it. */
    record Stored(
            Connection connection,
            long revision,
            @Nullable Instant created,
            @Nullable Instant modified,
            boolean deleted) {}
}
