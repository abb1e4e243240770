package org.patchbay.protocol.rql;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.expression.RelativeTime;
import org.patchbay.protocol.json.JsonPointer;

/** Which properties an expression may name, by where it stands. */
public enum RqlFields {

    /** The fields of a thing, as in a {@code condition}. */
    THING(false),

    /** The fields of a thing and those of the signal, as in a target's filter. */
    SIGNAL(true);

    private static final Set<String> PLAIN =
            Set.of(
                    "thingId",
                    "policyId",
                    "definition",
                    "_namespace",
                    "_revision",
                    "_modified",
                    "_created");

    private static final Set<String> TREES = Set.of("attributes", "features", "_metadata");

    private static final Map<String, Set<String>> PLACEHOLDERS =
            Map.of(
                    "topic",
                    Set.of(
                            "full",
                            "namespace",
                            "entityName",
                            "entityId",
                            "group",
                            "channel",
                            "criterion",
                            "action",
                            "action-subject",
                            "subject"),
                    "resource",
                    Set.of("type", "path"));

    private final boolean ofSignals;

    RqlFields(boolean ofSignals) {
        this.ofSignals = ofSignals;
    }

    /**
     * What a name means, null where it is none that may be asked for.
     *
     * @throws org.patchbay.protocol.ProblemException where it is a pointer that is too long
     */
    @Nullable Property property(String name) {
        JsonPointer pointer = JsonPointer.parse(name);
        boolean isField =
                pointer.depth() == 1
                        ? PLAIN.contains(pointer.segment(0))
                        : pointer.depth() > 1
                                && TREES.contains(pointer.segment(0))
                                && !pointer.segment(1).isEmpty();
        return isField ? new Property.Field(pointer) : ofSignals ? placeholder(name) : null;
    }

    private static @Nullable Property placeholder(String name) {
        int colon = name.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String family = name.substring(0, colon);
        String rest = name.substring(colon + 1);
        boolean exists =
                switch (family) {
                    case "header" -> !rest.isEmpty();
                    case "time" -> RelativeTime.parse(rest).isPresent();
                    default -> PLACEHOLDERS.getOrDefault(family, Set.of()).contains(rest);
                };
        return exists ? new Property.Placeholder(family, rest) : null;
    }
}
