/**
 * AMQP 1.0 on Qpid's JMS client.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.amqp10.Amqp10TransportClient}: it makes an
 * {@code Amqp10Link}, attaches a {@code Subscription} for each address of a source, and has {@code
 * Senders} publish. Nothing of JMS but the client's own objects is used: messages are written in
 * AMQP's terms, and making links anew is the client actor's, not the library's.
 */
@NullMarked
package org.patchbay.connectivity.transport.amqp10;

import org.jspecify.annotations.NullMarked;
