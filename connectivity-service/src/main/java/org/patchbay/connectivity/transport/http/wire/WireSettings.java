package org.patchbay.connectivity.transport.http.wire;

import java.time.Duration;

/**
 * What bounds a connection and the requests over it.
 *
 * @param requestTimeout from sending a request, connecting included, to the end of its answer
 * @param idleTimeout after which a connection is closed that nothing was sent over
 * @param responseMaxBytes how much of an answer's body is read
 */
public record WireSettings(Duration requestTimeout, Duration idleTimeout, int responseMaxBytes) {}
