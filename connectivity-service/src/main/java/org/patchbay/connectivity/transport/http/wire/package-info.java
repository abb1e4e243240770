/**
 * Requests on their way: connections that are kept alive, how they are secured, and the proxy they
 * may go through.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.http.wire.Lane}, which sends one request
 * after the other over a {@code Wire}; {@code Way} makes wires to where a request goes. Nothing in
 * here knows what requests are for, whom they show, or what to make of an answer.
 */
@NullMarked
package org.patchbay.connectivity.transport.http.wire;

import org.jspecify.annotations.NullMarked;
