/**
 * AMQP 0.9.1 on RabbitMQ's client library.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.amqp091.Amqp091TransportClient}: it makes
 * one {@code Amqp091Link} to consume and another to publish, because a broker that is short of
 * memory stops reading from those who publish. The library's own recovery is switched off: making
 * links anew is the client actor's.
 */
@NullMarked
package org.patchbay.connectivity.transport.amqp091;

import org.jspecify.annotations.NullMarked;
