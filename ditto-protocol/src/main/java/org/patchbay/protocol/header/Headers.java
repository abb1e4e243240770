package org.patchbay.protocol.header;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a signal or an external message: texts by name, names without regard to case, in
 * the order they were set. Immutable.
 *
 * <p>{@link HeaderDefinition} says which of them are numbers, booleans or arrays in JSON.
 */
public final class Headers {

    public static final Headers EMPTY = new Headers(new HeaderTable(0));

    private final HeaderTable table;

    /** Collects headers one by one; of no use any more when they are built. */
    public static final class Builder {

        private static final int USUAL = 8;

        private @Nullable HeaderTable table = new HeaderTable(USUAL);

        private Builder() {}

        /** Sets one, whatever it was set to before. */
        public Builder set(String name, String value) {
            Objects.requireNonNull(table, "They are built.").put(name, value);
            return this;
        }

        public Headers build() {
            Headers headers = new Headers(Objects.requireNonNull(table, "They are built."));
            table = null;
            return headers;
        }
    }

    private Headers(HeaderTable table) {
        this.table = table;
    }

    public static Builder builder() {
        return new Builder();
    }

    public static Headers of(Map<String, String> values) {
        return EMPTY.withAll(values);
    }

    public @Nullable String get(String name) {
        int position = table.find(name);
        return position < 0 ? null : table.value(position);
    }

    public String getOr(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    public boolean has(String name) {
        return table.find(name) >= 0;
    }

    public boolean isEmpty() {
        return table.size() == 0;
    }

    /** How long names and values are together. */
    public int characters() {
        int characters = 0;
        for (int i = 0; i < table.size(); i++) {
            characters += table.name(i).length() + table.value(i).length();
        }
        return characters;
    }

    public Headers with(String name, String value) {
        HeaderTable copy = new HeaderTable(table, 1);
        copy.put(name, value);
        return new Headers(copy);
    }

    public Headers withAll(Map<String, String> values) {
        if (values.isEmpty()) {
            return this;
        }
        HeaderTable copy = new HeaderTable(table, values.size());
        values.forEach(copy::put);
        return new Headers(copy);
    }

    public Headers withAll(Headers other) {
        if (other.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        HeaderTable copy = new HeaderTable(table, other.table.size());
        copy.putAll(other.table);
        return new Headers(copy);
    }

    public Headers without(Collection<String> names) {
        boolean[] leaving = new boolean[table.size()];
        boolean hasNone = true;
        for (String name : names) {
            int position = table.find(name);
            if (position >= 0) {
                leaving[position] = true;
                hasNone = false;
            }
        }
        return hasNone ? this : new Headers(table.without(leaving));
    }

    public Headers without(String... names) {
        return without(List.of(names));
    }

    /** Without those that only we set. */
    public Headers withoutInternal() {
        boolean[] leaving = new boolean[table.size()];
        boolean hasNone = true;
        for (int i = 0; i < table.size(); i++) {
            leaving[i] = HeaderDefinition.isInternal(table.key(i));
            hasNone &= !leaving[i];
        }
        return hasNone ? this : new Headers(table.without(leaving));
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < table.size(); i++) {
            action.accept(table.name(i), table.value(i));
        }
    }

    /** A copy, in order. */
    public Map<String, String> asMap() {
        Map<String, String> map = LinkedHashMap.newLinkedHashMap(table.size());
        forEach(map::put);
        return map;
    }

    public @Nullable String correlationId() {
        return get(HeaderDefinition.CORRELATION_ID);
    }

    public Headers withCorrelationId(String id) {
        return with(HeaderDefinition.CORRELATION_ID, id);
    }

    /** Whether the sender wants an answer; {@code otherwise} where it does not say. */
    public boolean responseRequired(boolean otherwise) {
        String value = get(HeaderDefinition.RESPONSE_REQUIRED);
        return value == null ? otherwise : Boolean.parseBoolean(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers that && table.holdsTheSameAs(that.table);
    }

    @Override
    public int hashCode() {
        return table.contentHash();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
