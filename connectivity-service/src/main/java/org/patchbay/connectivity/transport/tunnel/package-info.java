/**
 * SSH tunnels: one session a link, and on the loopback interface of this machine a port for each
 * destination that is reached through it.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.tunnel.TunnelledClient}, which opens a
 * tunnel before a transport connects and closes it afterwards. Transports know nothing of it: they
 * ask {@code Endpoint} where to connect to, and get the end of the tunnel. Nothing in here knows a
 * broker's protocol, and nothing tries again: whoever loses a tunnel loses the link.
 */
@NullMarked
package org.patchbay.connectivity.transport.tunnel;

import org.jspecify.annotations.NullMarked;
