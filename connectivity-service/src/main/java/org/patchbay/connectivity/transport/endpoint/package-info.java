/**
 * The endpoint of a connection and the way to it, the same for all transports: its address, TLS as
 * the connection asks for it, and in words what is wrong when nobody answers or a handshake fails.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.endpoint.Endpoint} and {@link
 * org.patchbay.connectivity.transport.endpoint.Tls}. Nothing in here knows a broker's protocol.
 */
@NullMarked
package org.patchbay.connectivity.transport.endpoint;

import org.jspecify.annotations.NullMarked;
