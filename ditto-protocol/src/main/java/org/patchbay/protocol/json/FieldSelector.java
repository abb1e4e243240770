package org.patchbay.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Which fields of a document somebody wants: {@code thingId,attributes(a,b/c),features/*​/properties}. */
public record FieldSelector(String text, List<JsonPointer> pointers) {

    public FieldSelector {
        pointers = List.copyOf(pointers);
    }

    /** Reads a selector; a malformed one is the problem {@code json.fieldselector.invalid}. */
    public static FieldSelector parse(String text) {
        throw new UnsupportedOperationException(text);
    }

    /** The chosen part of a document; what it lacks is left out. {@code *} matches any one segment. */
    public JsonNode select(JsonNode document) {
        throw new UnsupportedOperationException(document.toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
