/**
 * Messages of AMQP 1.0 as headers and payload, and back.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.amqp10.message.IncomingMessage} and {@link
 * org.patchbay.connectivity.transport.amqp10.message.OutgoingMessage}. Nothing here talks to a
 * broker.
 */
@NullMarked
package org.patchbay.connectivity.transport.amqp10.message;

import org.jspecify.annotations.NullMarked;
