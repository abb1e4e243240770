/** SSH tunnels against a real SSH server, on their own and under every transport. */
@NullMarked
package org.patchbay.connectivity.transport.tunnel;

import org.jspecify.annotations.NullMarked;
