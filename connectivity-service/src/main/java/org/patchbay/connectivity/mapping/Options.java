package org.patchbay.connectivity.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Options of a mapping definition, read as leniently as users write them. */
public final class Options {

    private Options() {}

    /** A text; a number or truth value counts as its text. */
    public static @Nullable String text(ObjectNode options, String name) {
        JsonNode value = options.get(name);
        return value == null || !value.isValueNode() || value.isNull() ? null : value.asText();
    }

    /** A truth value, which may be written as a text. */
    public static boolean isTrue(ObjectNode options, String name) {
        return Boolean.parseBoolean(text(options, name));
    }
}
