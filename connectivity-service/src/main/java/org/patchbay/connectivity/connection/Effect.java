package org.patchbay.connectivity.connection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;

/** What the shell does for a decision, in order, once its events are stored. */
sealed interface Effect {

    /** Starts the clients; where others still close, as soon as they have. */
    record StartClients(Connection connection) implements Effect {}

    /** Closes the clients. */
    record StopClients() implements Effect {}

    /** Closes the clients, then starts new ones. */
    record RestartClients(Connection connection) implements Effect {}

    /** Tells the index of ids what became of this connection; answers wait for it. */
    record UpdateIndex(ConnectionState state) implements Effect {}

    record ResetMetrics() implements Effect {}

    record EnableLogs() implements Effect {}

    record ResetLogs() implements Effect {}

    /** The last effect of each decision: exactly one answer. */
    sealed interface Answer extends Effect {}

    record Reply(ConnectionReply reply) implements Answer {}

    /** Answers when all clients are open, or what the first one says that can't be. */
    record ReplyWhenOpen() implements Answer {}

    /** Answers when all clients have closed, or should have. */
    record ReplyWhenClosed(ConnectionReply reply) implements Answer {}

    /** Answers with what the clients report. */
    record ReplyWithReport(ReportKind kind, Connection connection) implements Answer {}

    /** Connects once with clients of its own, which leave nothing behind. */
    record ReplyWithTest(Connection connection) implements Answer {}

    /** Answers with a state of the past, by revision or by time. */
    record ReplyWithHistory(@Nullable Long revision, @Nullable Instant timestamp)
            implements Answer {}
}
