package org.patchbay.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What writing and reading may need: references to actors, and values of other wire types. */
public interface WireContext {

    String writeRef(ActorRef<?> ref);

    <T> ActorRef<T> readRef(String text);

    /** {@code {"type": NAME, "value": …}} for a value of any known wire type; JSON null for null. */
    JsonNode writeAny(@Nullable Object value);

    @Nullable Object readAny(ObjectNode json);
}
