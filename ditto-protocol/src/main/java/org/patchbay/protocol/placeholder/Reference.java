package org.patchbay.protocol.placeholder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.expression.RelativeTime;
import org.patchbay.protocol.json.JsonPointer;

/**
 * A placeholder by its name: {@code thing:id}, {@code header:x-y}, {@code time:now-1h[h]}. What its
 * name means is read once, not for each message.
 */
public final class Reference {

    private final String family;
    private final String name;
    private final @Nullable Family known;
    private final @Nullable RelativeTime time;
    private final JsonPointer pointer;

    public Reference(String family, String name) {
        this.family = family;
        this.name = name;
        this.known = Family.named(family);
        this.time = known == Family.TIME ? RelativeTime.parse(name).orElse(null) : null;
        this.pointer = known == Family.THING_JSON ? JsonPointer.parse(name) : JsonPointer.ROOT;
    }

    /**
     * Reads {@code family:name}; null where the text is none.
     *
     * @throws org.patchbay.protocol.ProblemException where the name is a pointer that is too long
     */
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

    public String family() {
        return family;
    }

    public String name() {
        return name;
    }

    /** Its family, null for one that is not of a signal. */
    @Nullable Family known() {
        return known;
    }

    /** Which time it means; null where it means none. */
    @Nullable RelativeTime time() {
        return time;
    }

    /** Which place in a document it means; the root where it means none. */
    JsonPointer pointer() {
        return pointer;
    }

    /** Its values; a placeholder nobody knows is a problem. */
    List<String> values(Placeholders placeholders) {
        List<String> values = placeholders.values(this);
        if (values == null) {
            throw Faults.unknownPlaceholder(toString()).asException();
        }
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reference that
                && family.equals(that.family)
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return 31 * family.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return family + ":" + name;
    }
}
