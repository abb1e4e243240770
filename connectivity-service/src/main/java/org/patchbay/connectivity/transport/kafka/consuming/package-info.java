/**
 * What one consumer of a source does: it is a member of the group, hands messages on, and commits.
 *
 * <p>Start at {@link org.patchbay.connectivity.transport.kafka.consuming.PollLoop}, which has a
 * thread of its own; a {@code Consumption} makes a stream of it. An {@code Assignment} holds the
 * partitions that it has at present, and a {@code PartitionWindow} knows what of one is settled.
 * Nothing here knows of links: whoever made it is told that it ended, and why.
 */
@NullMarked
package org.patchbay.connectivity.transport.kafka.consuming;

import org.jspecify.annotations.NullMarked;
