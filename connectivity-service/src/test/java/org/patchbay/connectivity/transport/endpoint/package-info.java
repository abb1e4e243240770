/** The way to an endpoint, with real handshakes. */
@NullMarked
package org.patchbay.connectivity.transport.endpoint;

import org.jspecify.annotations.NullMarked;
