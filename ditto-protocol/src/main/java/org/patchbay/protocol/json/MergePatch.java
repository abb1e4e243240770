package org.patchbay.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** JSON merge patch (RFC 7396). */
public final class MergePatch {

    private MergePatch() {}

    /**
     * The document after the patch, as a new value that shares what did not change; null deletes.
     */
    public static JsonNode apply(@Nullable JsonNode document, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        if (document instanceof ObjectNode object) {
            merged.setAll(object);
        }
        patch.properties()
                .forEach(field -> {
                    if (field.getValue().isNull()) {
                        merged.remove(field.getKey());
                    } else {
                        JsonNode old = merged.get(field.getKey());
                        merged.set(field.getKey(), apply(old, field.getValue()));
                    }
                });
        return merged;
    }

    /** The patch without the fields it deletes: what is there after it. */
    public static JsonNode withoutNulls(JsonNode patch) {
        return apply(null, patch);
    }
}
