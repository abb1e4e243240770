/**
 * What a message costs over each of the transports, beside a bare loop of the client library that
 * the transport is made of: {@code benchmarks/run transports}.
 *
 * <p>Start at {@link org.patchbay.benchmarks.transports.TransportFigures}; a {@code Lane} is one
 * type of connection on a broker of its own.
 */
@NullMarked
package org.patchbay.benchmarks.transports;

import org.jspecify.annotations.NullMarked;
