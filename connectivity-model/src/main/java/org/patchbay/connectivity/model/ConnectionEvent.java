package org.patchbay.connectivity.model;

/** What happened to a connection; stored under explicit names. */
public sealed interface ConnectionEvent {

    record Created(Connection connection) implements ConnectionEvent {}

    record Modified(Connection connection) implements ConnectionEvent {}

    record Opened() implements ConnectionEvent {}

    record Closed() implements ConnectionEvent {}

    record Deleted() implements ConnectionEvent {}
}
