package org.patchbay.connectivity.model.vocabulary;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.mappingtest.MappingTest;
import org.patchbay.protocol.Signal;

/** What one can ask of a connection. */
public sealed interface ConnectionCommand {

    /** Creates a connection; one that exists is a conflict. */
    record Create(Connection connection) implements ConnectionCommand {}

    /** Modifies a connection, creates it where it is missing. */
    record Modify(Connection connection, Preconditions preconditions)
            implements ConnectionCommand {}

    record Delete(Preconditions preconditions) implements ConnectionCommand {}

    record Open() implements ConnectionCommand {}

    record Close() implements ConnectionCommand {}

    /** Tries a connection out, layer by layer, without storing anything. */
    record Test(Connection connection) implements ConnectionCommand {}

    /** Tries a mapping out; about no connection, so any id will do. */
    record TestMapping(MappingTest test) implements ConnectionCommand {}

    record Retrieve(Preconditions preconditions) implements ConnectionCommand {}

    record RetrieveAt(@Nullable Long revision, @Nullable Instant timestamp)
            implements ConnectionCommand {}

    /** Retrieves a Hono connection as it runs, its presets filled in. */
    record RetrieveHono() implements ConnectionCommand {}

    record RetrieveStatus() implements ConnectionCommand {}

    record RetrieveMetrics() implements ConnectionCommand {}

    record ResetMetrics() implements ConnectionCommand {}

    record EnableLogs() implements ConnectionCommand {}

    record RetrieveLogs() implements ConnectionCommand {}

    record ResetLogs() implements ConnectionCommand {}

    /**
     * Publishes a response that another connection diverts to this one; Done when it waits to be
     * published.
     *
     * @param from the other connection
     * @param source which of the other connection's sources the command came in by
     */
    record TakeResponse(Signal response, String from, int source) implements ConnectionCommand {}

    /** If-Match and If-None-Match as they came; null where absent. */
    record Preconditions(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        public static final Preconditions NONE = new Preconditions(null, null);
    }
}
