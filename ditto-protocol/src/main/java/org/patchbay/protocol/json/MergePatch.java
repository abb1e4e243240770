package org.patchbay.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** JSON merge patch (RFC 7396). */
public final class MergePatch {

    private MergePatch() {}

    /** The document after the patch, as a new value; null deletes. */
    public static JsonNode apply(@Nullable JsonNode document, JsonNode patch) {
        throw new UnsupportedOperationException();
    }
}
