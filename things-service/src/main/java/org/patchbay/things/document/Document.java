package org.patchbay.things.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.json.MergePatch;

/**
 * The state of a thing or a policy.
 *
 * <pre>
 * Absent ──created──► Active ──deleted──► Deleted
 *                     │    ▲                 │
 *                     └────┘                 │
 *          created, modified, merged,     created
 *          deleted (below the root)          │
 *                     ▲                      │
 *                     └──────────────────────┘   the revision goes on counting
 * </pre>
 */
public sealed interface Document {

    /** There never was one. */
    Absent ABSENT = new Absent();

    record Absent() implements Document {
        @Override
        public long revision() {
            return 0;
        }
    }

    /**
     * @param json never changed, replaced along the path of each change
     */
    record Active(ObjectNode json, long revision, Instant created, Instant modified)
            implements Document {}

    record Deleted(long revision, Instant modified) implements Document {}

    long revision();

    /** The state after the event. */
    default Document apply(Change change) {
        if (change.path().isRoot()) {
            return applyToWhole(change);
        }
        if (!(this instanceof Active active)) {
            throw new IllegalStateException(
                    "A part of a missing document changed: " + change.path());
        }
        return new Active(
                (ObjectNode) partAfter(active.json(), change),
                change.revision(),
                active.created(),
                change.timestamp());
    }

    private Document applyToWhole(Change change) {
        if (change.action() == Change.Action.DELETED) {
            return new Deleted(change.revision(), change.timestamp());
        }
        JsonNode value = valueOf(change);
        if (this instanceof Active active) {
            JsonNode json =
                    change.action() == Change.Action.MERGED
                            ? MergePatch.apply(active.json(), value)
                            : value;
            return new Active(
                    (ObjectNode) json, change.revision(), active.created(), change.timestamp());
        }
        return new Active(
                (ObjectNode) value, change.revision(), change.timestamp(), change.timestamp());
    }

    private static JsonNode partAfter(ObjectNode json, Change change) {
        return switch (change.action()) {
            case CREATED, MODIFIED -> Trees.set(json, change.path(), valueOf(change));
            case MERGED -> Trees.merge(json, change.path(), valueOf(change));
            case DELETED -> Trees.remove(json, change.path());
        };
    }

    private static JsonNode valueOf(Change change) {
        @Nullable JsonNode value = change.value();
        if (value == null) {
            throw new IllegalStateException("The event lacks its value: " + change.path());
        }
        return value;
    }
}
