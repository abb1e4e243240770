/**
 * One link to an AMQP 1.0 broker: a connection of the library with all that is attached to it.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.amqp10.link.Amqp10Link}. An {@code
 * Attachment} consumes one address, a {@code Sender} publishes to one. A link is not made anew: who
 * wants another one opens another one.
 */
@NullMarked
package org.patchbay.connectivity.transport.amqp10.link;

import org.jspecify.annotations.NullMarked;
