/**
 * Connections over HTTP: {@link org.patchbay.gateway.connections.ConnectionRoutes} as resources,
 * {@link org.patchbay.gateway.connections.PiggybackRoutes} as commands in an envelope, whose
 * vocabulary is the table in {@code PiggybackCommands}.
 *
 * <p>Translates only: what a connection is and may be is the model's and the connection's own
 * business.
 */
@NullMarked
package org.patchbay.gateway.connections;

import org.jspecify.annotations.NullMarked;
