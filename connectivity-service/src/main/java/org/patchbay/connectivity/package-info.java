/**
 * What a connection does. Start at {@link org.patchbay.connectivity.ConnectivityRoot}, which wires
 * what stands in the folders: {@code connection} decides, {@code client} keeps the link, {@code
 * path} carries messages, {@code mapping} and {@code transport} are what differs from connection to
 * connection. Only wiring and the registry of transports stand here.
 */
@NullMarked
package org.patchbay.connectivity;

import org.jspecify.annotations.NullMarked;
