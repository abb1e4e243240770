package org.patchbay.connectivity.model.vocabulary;

import java.time.Instant;
import org.patchbay.connectivity.model.Connection;

/** What happened to a connection and when; stored under explicit names. */
public sealed interface ConnectionEvent {

    Instant at();

    /** Also after a deletion: the revision goes on counting. */
    record Created(Connection connection, Instant at) implements ConnectionEvent {}

    record Modified(Connection connection, Instant at) implements ConnectionEvent {}

    record Opened(Instant at) implements ConnectionEvent {}

    record Closed(Instant at) implements ConnectionEvent {}

    record Deleted(Instant at) implements ConnectionEvent {}
}
