package org.patchbay.things.enforcement;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Asks a policy's entity for the whole policy, whoever may read it; answered by {@link Found}.
 *
 * @param holder the cache that keeps the answer and wants to hear of changes
 */
public record PolicyLookup(ActorRef<PolicyCache.Message> holder) {

    /**
     * @param policy null where there is none
     */
    public record Found(@Nullable JsonNode policy, long revision) {}
}
