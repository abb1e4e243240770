package org.patchbay.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.json.MergePatch;

/** A thing as far as one of its events shows it: its id, the extra fields, and what changed. */
public final class ChangedThing {

    private ChangedThing() {}

    public static boolean isEvent(Signal signal) {
        return signal.topic().group() == Group.THINGS
                && signal.topic().criterion() == Criterion.EVENTS;
    }

    /**
     * The document of a thing's event; what a merge deleted is not in it. A new object each time.
     */
    public static ObjectNode of(Signal event) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("thingId", event.entityId());
        if (event.extra() instanceof ObjectNode extra) {
            document.setAll(extra.deepCopy());
        }
        JsonNode value = event.value();
        if (value == null) {
            return document;
        }
        if ("merged".equals(event.topic().action())) {
            return (ObjectNode) MergePatch.apply(document, patch(event.path(), value));
        }
        put(document, event.path(), value);
        return document;
    }

    private static void put(ObjectNode document, JsonPointer path, JsonNode value) {
        if (path.isRoot()) {
            if (value instanceof ObjectNode fields) {
                document.setAll(fields);
            }
            return;
        }
        ObjectNode at = document;
        for (String segment : path.first(path.depth() - 1).segments()) {
            at = at.get(segment) instanceof ObjectNode child ? child : at.putObject(segment);
        }
        at.set(path.segment(path.depth() - 1), value);
    }

    private static JsonNode patch(JsonPointer path, JsonNode value) {
        JsonNode patch = value;
        for (String segment : path.segments().reversed()) {
            patch = JsonNodeFactory.instance.objectNode().set(segment, patch);
        }
        return patch.isObject() ? patch : JsonNodeFactory.instance.objectNode();
    }
}
