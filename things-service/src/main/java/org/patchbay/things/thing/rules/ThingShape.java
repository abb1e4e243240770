package org.patchbay.things.thing.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.json.JsonPointer;

/**
 * The kinds of places in a thing. The resource that a permission stands at is always the pointer
 * itself; the event is always that of the pointer; the row says the rest.
 */
public enum ThingShape {
    THING("/", "thing", ValueKind.THING),
    POLICY_ID("/policyId", "policyId", ValueKind.POLICY_ID),
    DEFINITION("/definition", "definition", ValueKind.DEFINITION),
    ATTRIBUTES("/attributes", "attributes", ValueKind.OBJECT),
    ATTRIBUTE("/attributes/**", "attribute", ValueKind.ANY),
    FEATURES("/features", "features", ValueKind.FEATURES),
    FEATURE("/features/*", "feature", ValueKind.FEATURE),
    FEATURE_DEFINITION("/features/*/definition", "feature.definition", ValueKind.DEFINITIONS),
    PROPERTIES("/features/*/properties", "feature.properties", ValueKind.OBJECT),
    PROPERTY("/features/*/properties/**", "feature.property", ValueKind.ANY),
    DESIRED_PROPERTIES(
            "/features/*/desiredProperties", "feature.desiredProperties", ValueKind.OBJECT),
    DESIRED_PROPERTY("/features/*/desiredProperties/**", "feature.desiredProperty", ValueKind.ANY);

    private static final String ONE = "*";
    private static final String REST = "**";
    private static final ThingShape[] ALL = values();

    private final List<String> pattern;
    private final String code;
    private final ValueKind kind;

    ThingShape(String pattern, String code, ValueKind kind) {
        this.pattern = JsonPointer.parse(pattern).segments();
        this.code = code;
        this.kind = kind;
    }

    /** The kind of place that a pointer leads to, or null where a thing has no such place. */
    static @Nullable ThingShape of(JsonPointer pointer) {
        for (ThingShape shape : ALL) {
            if (shape.matches(pointer)) {
                return shape;
            }
        }
        return null;
    }

    private boolean matches(JsonPointer pointer) {
        int depth = pointer.depth();
        boolean open = !pattern.isEmpty() && pattern.getLast().equals(REST);
        int fixed = open ? pattern.size() - 1 : pattern.size();
        if (open ? depth <= fixed : depth != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            String wanted = pattern.get(i);
            if (!wanted.equals(ONE) && !wanted.equals(pointer.segment(i))) {
                return false;
            }
        }
        return true;
    }

    /** What may stand at such a place. */
    ValueKind kind() {
        return kind;
    }

    /** Whether such a place exists only in a feature that exists. */
    boolean isInsideFeature() {
        return pattern.size() > 2 && pattern.getFirst().equals("features");
    }

    public Problem notFound(String thingId, JsonPointer at) {
        return Problem.of(
                        404,
                        "things:" + code + ".notfound",
                        "There is no " + named(thingId, at) + ", or you may not read it.")
                .describedBy("Check the id, the path and your READ permission.");
    }

    Problem notModifiable(String thingId, JsonPointer at) {
        return Problem.of(
                        403,
                        "things:" + code + ".notmodifiable",
                        "You may not change the " + named(thingId, at) + ".")
                .describedBy("This takes WRITE permission there and on everything below.");
    }

    Problem notDeletable(String thingId, JsonPointer at) {
        return this == THING ? ThingProblems.notDeletable(thingId) : notModifiable(thingId, at);
    }

    private String named(String thingId, JsonPointer at) {
        return this == THING
                ? "thing '" + thingId + "'"
                : "value at " + at + " of the thing '" + thingId + "'";
    }
}
