/**
 * The contract between a connection and a broker: connect, consume, publish, close.
 *
 * <p>One folder a transport, beside {@code endpoint}, which they share. A transport knows its
 * client library and nothing above it: reconnecting, back-off, status, metrics and logs live in
 * {@code client}. {@code TransportContract} in the tests is what each of them must pass.
 */
@NullMarked
package org.patchbay.connectivity.transport;

import org.jspecify.annotations.NullMarked;
