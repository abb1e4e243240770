package org.patchbay.protocol;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a signal or an external message: texts by name, names without regard to case, in
 * the order they were set. Immutable.
 *
 * <p>{@link HeaderDefinition} says which of them are numbers, booleans or arrays in JSON.
 */
public final class Headers {

    public static final Headers EMPTY = new Headers(new LinkedHashMap<>());

    private final LinkedHashMap<String, Entry> entries;

    private record Entry(String name, String value) {}

    private Headers(LinkedHashMap<String, Entry> entries) {
        this.entries = entries;
    }

    public static Headers of(Map<String, String> values) {
        return EMPTY.withAll(values);
    }

    public @Nullable String get(String name) {
        Entry entry = entries.get(key(name));
        return entry == null ? null : entry.value();
    }

    public String getOr(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    public boolean has(String name) {
        return entries.containsKey(key(name));
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** How long names and values are together. */
    public int characters() {
        int characters = 0;
        for (Entry entry : entries.values()) {
            characters += entry.name().length() + entry.value().length();
        }
        return characters;
    }

    public Headers with(String name, String value) {
        LinkedHashMap<String, Entry> copy = new LinkedHashMap<>(entries);
        put(copy, name, value);
        return new Headers(copy);
    }

    public Headers withAll(Map<String, String> values) {
        if (values.isEmpty()) {
            return this;
        }
        LinkedHashMap<String, Entry> copy = new LinkedHashMap<>(entries);
        values.forEach((name, value) -> put(copy, name, value));
        return new Headers(copy);
    }

    public Headers withAll(Headers other) {
        return withAll(other.asMap());
    }

    public Headers without(Collection<String> names) {
        boolean hasNone = true;
        for (String name : names) {
            hasNone &= !has(name);
        }
        if (hasNone) {
            return this;
        }
        LinkedHashMap<String, Entry> copy = new LinkedHashMap<>(entries);
        names.forEach(name -> copy.remove(key(name)));
        return new Headers(copy);
    }

    public Headers without(String... names) {
        return without(java.util.List.of(names));
    }

    /** Without those that only we set. */
    public Headers withoutInternal() {
        List<String> internal =
                entries.keySet().stream().filter(HeaderDefinition::isInternal).toList();
        return internal.isEmpty() ? this : without(internal);
    }

    public void forEach(BiConsumer<String, String> action) {
        entries.values().forEach(entry -> action.accept(entry.name(), entry.value()));
    }

    /** A copy, in order. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
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

    private static void put(LinkedHashMap<String, Entry> map, String name, String value) {
        map.put(key(name), new Entry(name, value));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
