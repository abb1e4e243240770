/**
 * {@code TransportContract} holds what every transport must do, {@code TlsContract} what it must do
 * over TLS; each of them implements both.
 */
@NullMarked
package org.patchbay.connectivity.transport;

import org.jspecify.annotations.NullMarked;
