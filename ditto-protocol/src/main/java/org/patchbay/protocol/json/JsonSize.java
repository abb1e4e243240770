package org.patchbay.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long the text of a value is, roughly, without writing it. */
public final class JsonSize {

    private JsonSize() {}

    /** In characters; 0 for nothing. */
    public static int of(@Nullable JsonNode value) {
        if (value == null) {
            return 0;
        }
        if (value.isObject()) {
            int size = 2;
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                size += field.getKey().length() + 4 + of(field.getValue());
            }
            return size;
        }
        if (value.isArray()) {
            int size = 2;
            for (JsonNode element : value) {
                size += of(element) + 1;
            }
            return size;
        }
        if (value.isInt() || value.isLong()) {
            return digits(value.longValue());
        }
        return value.isTextual() ? value.textValue().length() + 2 : value.asText().length();
    }

    private static int digits(long number) {
        int digits = number < 0 ? 2 : 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
