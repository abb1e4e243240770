package org.patchbay.protocol.placeholder;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A placeholder by its name: {@code thing:id}, {@code header:x-y}, {@code time:now-1h[h]}. */
public record Reference(String family, String name) {

    /** Reads {@code family:name}; null where the text is none. */
    static @Nullable Reference parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || !isWord(text, colon)) {
            return null;
        }
        String name = text.substring(colon + 1).trim();
        return name.isEmpty() ? null : new Reference(text.substring(0, colon), name);
    }

    private static boolean isWord(String text, int end) {
        return text.substring(0, end)
                .chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    /** Its values; a placeholder nobody knows is a problem. */
    List<String> values(Placeholders placeholders) {
        List<String> values = placeholders.values(family, name);
        if (values == null) {
            throw Faults.unknownPlaceholder(toString()).asException();
        }
        return values;
    }

    @Override
    public String toString() {
        return family + ":" + name;
    }
}
