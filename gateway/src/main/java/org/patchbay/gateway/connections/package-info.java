/**
 * Connections over HTTP as resources: start at {@link
 * org.patchbay.gateway.connections.ConnectionRoutes}. The same as commands in an envelope are
 * {@code piggyback}'s.
 *
 * <p>Translates only: what a connection is and may be is the model's and the connection's own
 * business.
 */
@NullMarked
package org.patchbay.gateway.connections;

import org.jspecify.annotations.NullMarked;
