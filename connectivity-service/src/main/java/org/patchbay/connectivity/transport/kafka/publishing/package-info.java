/**
 * Messages on their way to topics.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.kafka.publishing.KafkaPublisher}; {@code
 * Results} says what became of a message. Nothing here makes a link anew: whoever made it is told
 * that it is of no use any more.
 */
@NullMarked
package org.patchbay.connectivity.transport.kafka.publishing;

import org.jspecify.annotations.NullMarked;
