package org.patchbay.cluster.shard;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * A command to an entity and who gets the answer.
 *
 * @param command a wire type of the entity's vocabulary
 */
public record Ask(Object command, ActorRef<Object> replyTo) {}
