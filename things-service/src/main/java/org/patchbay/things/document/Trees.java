package org.patchbay.things.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.json.MergePatch;

/**
 * Changes to shared JSON trees: the objects along the path are copied, everything else is shared.
 */
public final class Trees {

    private Trees() {}

    /** The tree with the value at the pointer; what is no object on the way there becomes one. */
    public static JsonNode set(@Nullable JsonNode tree, JsonPointer at, JsonNode value) {
        return set(tree, at, 0, value);
    }

    private static JsonNode set(
            @Nullable JsonNode tree, JsonPointer at, int depth, JsonNode value) {
        if (depth == at.depth()) {
            return value;
        }
        ObjectNode copy = copyOf(tree);
        String segment = at.segment(depth);
        copy.set(segment, set(copy.get(segment), at, depth + 1, value));
        return copy;
    }

    /** The tree without what stands at the pointer; the same tree where there is nothing. */
    public static JsonNode remove(JsonNode tree, JsonPointer at) {
        if (at.isRoot() || at.in(tree) == null) {
            return tree;
        }
        return remove(tree, at, 0);
    }

    private static JsonNode remove(@Nullable JsonNode tree, JsonPointer at, int depth) {
        ObjectNode copy = copyOf(tree);
        String segment = at.segment(depth);
        if (depth == at.depth() - 1) {
            copy.remove(segment);
        } else {
            copy.set(segment, remove(copy.get(segment), at, depth + 1));
        }
        return copy;
    }

    /** The tree with a merge patch applied at the pointer; the patch {@code null} removes. */
    public static JsonNode merge(JsonNode tree, JsonPointer at, JsonNode patch) {
        if (patch.isNull() && !at.isRoot()) {
            return remove(tree, at);
        }
        return set(tree, at, MergePatch.apply(at.in(tree), patch));
    }

    /** Whether two values are the same JSON, however their numbers are held. */
    public static boolean isEqual(JsonNode one, JsonNode other) {
        return one.equals(Trees::compare, other);
    }

    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private static ObjectNode copyOf(@Nullable JsonNode tree) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        if (tree instanceof ObjectNode object) {
            copy.setAll(object);
        }
        return copy;
    }
}
