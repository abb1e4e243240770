package org.patchbay.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What writing and reading may need: references to actors, and values of other wire types. */
public interface WireContext {

    String writeRef(ActorRef<?> ref);

    <T> ActorRef<T> readRef(String text);

    /**
     * {@code {"type": NAME, "value": …}} for a value of any known wire type; JSON null for null.
     */
    JsonNode writeAny(@Nullable Object value);

    /** What {@link #writeAny} wrote; null for JSON null and for nothing. */
    @Nullable Object readAny(@Nullable JsonNode json);
}
