package org.patchbay.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problems;

/**
 * A place in a JSON document (RFC 6901): {@code /attributes/location/lat}; {@code /} and the empty
 * text are the root.
 */
public record JsonPointer(List<String> segments) {

    /**
     * What stands at a pointer is wrapped in as many objects, so its depth bounds the depth of
     * documents.
     */
    public static final int DEPTH_MAX = 100;

    public static final JsonPointer ROOT = new JsonPointer(List.of());

    public JsonPointer {
        segments = List.copyOf(segments);
    }

    public static JsonPointer of(String... segments) {
        return segments.length == 0 ? ROOT : new JsonPointer(List.of(segments));
    }

    /**
     * Reads a pointer, with or without its leading slash; one that is too deep is {@code
     * json.pointer.invalid}.
     */
    public static JsonPointer parse(String text) {
        String rest = text.startsWith("/") ? text.substring(1) : text;
        if (rest.isEmpty()) {
            return ROOT;
        }
        // One more than may be, so that the rest need not be cut into pieces.
        String[] parts = rest.split("/", DEPTH_MAX + 1);
        if (parts.length > DEPTH_MAX) {
            throw Problems.jsonPointerInvalid(text, "it has more than " + DEPTH_MAX + " segments")
                    .asException();
        }
        List<String> segments = new ArrayList<>(parts.length);
        for (String segment : parts) {
            segments.add(
                    segment.indexOf('~') < 0
                            ? segment
                            : segment.replace("~1", "/").replace("~0", "~"));
        }
        return new JsonPointer(segments);
    }

    public boolean isRoot() {
        return segments.isEmpty();
    }

    public int depth() {
        return segments.size();
    }

    public String segment(int index) {
        return segments.get(index);
    }

    public JsonPointer append(String segment) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(segment);
        return new JsonPointer(longer);
    }

    public JsonPointer append(JsonPointer other) {
        List<String> longer = new ArrayList<>(segments);
        longer.addAll(other.segments);
        return new JsonPointer(longer);
    }

    /** The pointer without its first {@code count} segments. */
    public JsonPointer from(int count) {
        return new JsonPointer(segments.subList(count, segments.size()));
    }

    /** The pointer's first {@code count} segments. */
    public JsonPointer first(int count) {
        return new JsonPointer(segments.subList(0, count));
    }

    /** Whether this points to {@code other} or to something that holds it. */
    public boolean holds(JsonPointer other) {
        return other.segments.size() >= segments.size()
                && other.segments.subList(0, segments.size()).equals(segments);
    }

    /** The value at this place, or null where there is none. */
    public @Nullable JsonNode in(@Nullable JsonNode document) {
        JsonNode at = document;
        for (String segment : segments) {
            if (at == null || !at.isObject()) {
                return null;
            }
            at = at.get(segment);
        }
        return at;
    }

    @Override
    public String toString() {
        if (segments.isEmpty()) {
            return "/";
        }
        StringBuilder out = new StringBuilder();
        for (String segment : segments) {
            out.append('/').append(segment.replace("~", "~0").replace("/", "~1"));
        }
        return out.toString();
    }
}
