package org.patchbay.connectivity.connection.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.mappingtest.MappingTest;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;

/** How a command is answered, once its effects are under way; each command exactly once. */
public sealed interface Answer {

    record Now(ConnectionReply reply) implements Answer {}

    /** Answers when all clients are open, or what the first one says that can't be. */
    record WhenOpen() implements Answer {}

    /** Answers when all clients have closed, or should have. */
    record WhenClosed(ConnectionReply reply) implements Answer {}

    /** Answers what the client says that publishes this. */
    record ByClient(ConnectionCommand.TakeResponse response) implements Answer {}

    /** Answers with what the clients report. */
    record WithReport(ReportKind kind, Connection connection) implements Answer {}

    /** Answers with what comes of trying a connection out, which changes nothing. */
    record WithTest(Connection connection) implements Answer {}

    /** Answers with the Hono connection, the installation's presets filled in. */
    record WithPresets(ConnectionReply.Stored stored) implements Answer {}

    /** Answers with what comes of trying a mapping out, which has nothing to do with the entity. */
    record WithMappingTest(MappingTest test) implements Answer {}

    /** Answers with a state of the past, by revision or by time. */
    record WithHistory(@Nullable Long revision, @Nullable Instant timestamp) implements Answer {}
}
