/**
 * Eclipse Hono, whose messages come and go over Kafka.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.hono.HonoTransport}: it makes of a
 * connection's aliases the topics and headers of Hono, and has the transport for Kafka do the rest.
 * What is filled in stands in the model, in {@code HonoPresets}; where this installation's Hono is,
 * in {@code HonoConfig}.
 */
@NullMarked
package org.patchbay.connectivity.transport.hono;

import org.jspecify.annotations.NullMarked;
