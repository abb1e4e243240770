package org.patchbay.connectivity.connection.rules;

import org.patchbay.connectivity.model.Connection;

/** What the shell does for a decision, in order, once its events are stored. */
public sealed interface SideEffect {

    /** Starts the clients; where others still close, as soon as they have. */
    record StartClients(Connection connection) implements SideEffect {}

    /** Closes the clients. */
    record StopClients() implements SideEffect {}

    /** Closes the clients, then starts new ones. */
    record RestartClients(Connection connection) implements SideEffect {}

    /** Has those clients try to connect that have failed and wait, or are not tried again. */
    record TryNow() implements SideEffect {}

    /** Tells the index of ids what became of this connection; answers wait for it. */
    record UpdateIndex(ConnectionState state) implements SideEffect {}

    record ResetMetrics() implements SideEffect {}

    record EnableLogs() implements SideEffect {}

    record ResetLogs() implements SideEffect {}
}
