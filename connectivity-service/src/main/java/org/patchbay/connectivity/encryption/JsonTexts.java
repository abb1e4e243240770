package org.patchbay.connectivity.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.patchbay.protocol.json.JsonPointer;

/** Replaces texts in a JSON document; the document itself stays as it is. */
final class JsonTexts {

    /**
     * Where a text stands.
     *
     * @param exact with the indices of arrays
     * @param names without them, so that one pointer means all elements
     */
    record Place(JsonPointer exact, JsonPointer names) {

        static final Place ROOT = new Place(JsonPointer.ROOT, JsonPointer.ROOT);

        private Place field(String name) {
            return new Place(exact.append(name), names.append(name));
        }

        private Place element(int index) {
            return new Place(exact.append(Integer.toString(index)), names);
        }
    }

    interface Replacement {
        String of(String text, Place place);
    }

    private JsonTexts() {}

    static JsonNode replace(JsonNode json, Replacement replacement) {
        return replace(json, Place.ROOT, replacement);
    }

    private static JsonNode replace(JsonNode json, Place place, Replacement replacement) {
        return switch (json) {
            case TextNode text -> replaceText(text, place, replacement);
            case ObjectNode object -> replaceFields(object, place, replacement);
            case ArrayNode array -> replaceElements(array, place, replacement);
            default -> json;
        };
    }

    private static JsonNode replaceText(TextNode json, Place place, Replacement replacement) {
        String text = json.textValue();
        String replaced = replacement.of(text, place);
        return replaced.equals(text) ? json : TextNode.valueOf(replaced);
    }

    private static JsonNode replaceFields(ObjectNode json, Place place, Replacement replacement) {
        ObjectNode replaced = json.objectNode();
        boolean same = true;
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            JsonNode value = replace(field.getValue(), place.field(field.getKey()), replacement);
            same &= value == field.getValue();
            replaced.set(field.getKey(), value);
        }
        return same ? json : replaced;
    }

    private static JsonNode replaceElements(ArrayNode json, Place place, Replacement replacement) {
        ArrayNode replaced = json.arrayNode();
        boolean same = true;
        for (int i = 0; i < json.size(); i++) {
            JsonNode value = replace(json.get(i), place.element(i), replacement);
            same &= value == json.get(i);
            replaced.add(value);
        }
        return same ? json : replaced;
    }
}
