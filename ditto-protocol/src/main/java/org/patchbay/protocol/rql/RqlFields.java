package org.patchbay.protocol.rql;

import java.util.Set;
import java.util.function.Predicate;

/** Which properties an expression may name, by where it stands. */
public enum RqlFields {

    /** The fields of a thing, as in a {@code condition}. */
    THING(RqlFields::isThingField),

    /** The fields of a thing and those of the signal, as in a target's filter. */
    SIGNAL(name -> isThingField(name) || isSignalField(name)),

    /** Any text; for documents of another form. */
    ANY(name -> true);

    private static final Set<String> PLAIN =
            Set.of(
                    "thingId",
                    "policyId",
                    "definition",
                    "_namespace",
                    "_revision",
                    "_modified",
                    "_created");

    private static final Set<String> SIGNAL_FIELDS =
            Set.of(
                    "topic:full",
                    "topic:namespace",
                    "topic:entityName",
                    "topic:entityId",
                    "topic:group",
                    "topic:channel",
                    "topic:criterion",
                    "topic:action",
                    "topic:action-subject",
                    "topic:subject",
                    "resource:type",
                    "resource:path");

    private final Predicate<String> allowed;

    RqlFields(Predicate<String> allowed) {
        this.allowed = allowed;
    }

    boolean allows(String property) {
        return allowed.test(property);
    }

    private static boolean isThingField(String name) {
        return PLAIN.contains(name)
                || below(name, "attributes/")
                || below(name, "features/")
                || below(name, "_metadata/");
    }

    private static boolean below(String name, String prefix) {
        return name.startsWith(prefix) && name.length() > prefix.length();
    }

    private static boolean isSignalField(String name) {
        return SIGNAL_FIELDS.contains(name)
                || below(name, "header:")
                || name.startsWith("time:now");
    }
}
