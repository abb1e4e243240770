package org.patchbay.things.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.json.JsonPointer;

/** The kinds of places in a policy; a permission stands at the pointer itself. */
enum PolicyShape {
    POLICY("/", "policy", PolicyValue.POLICY, Trait.TAGGED, Trait.DELETABLE),
    IMPORTS("/imports", "imports", PolicyValue.IMPORTS, Trait.TAGGED),
    IMPORT("/imports/*", "import", PolicyValue.IMPORT, Trait.TAGGED, Trait.DELETABLE),
    IMPORT_ENTRIES("/imports/*/entries", "import", PolicyValue.LABELS, Trait.TAGGED, Trait.SETTING),
    ENTRIES("/entries", "policy", PolicyValue.ENTRIES, Trait.TAGGED),
    ENTRY("/entries/*", "entry", PolicyValue.ENTRY, Trait.TAGGED, Trait.DELETABLE),
    SUBJECTS("/entries/*/subjects", "subjects", PolicyValue.SUBJECTS, Trait.TAGGED),
    SUBJECT(
            "/entries/*/subjects/**",
            "subject",
            PolicyValue.SUBJECT,
            Trait.TAGGED,
            Trait.DELETABLE),
    RESOURCES("/entries/*/resources", "resources", PolicyValue.RESOURCES, Trait.TAGGED),
    RESOURCE(
            "/entries/*/resources/**",
            "resource",
            PolicyValue.RESOURCE,
            Trait.TAGGED,
            Trait.DELETABLE),
    IMPORTABLE("/entries/*/importable", "entry", PolicyValue.IMPORTABLE, Trait.SETTING),
    NAMESPACES("/entries/*/namespaces", "entry", PolicyValue.NAMESPACES, Trait.SETTING),
    ALLOWED_ADDITIONS(
            "/entries/*/allowedAdditions",
            "entry",
            PolicyValue.ALLOWED_ADDITIONS,
            Trait.TAGGED,
            Trait.SETTING),
    REFERENCES(
            "/entries/*/references", "entry", PolicyValue.REFERENCES, Trait.TAGGED, Trait.SETTING);

    private enum Trait {
        /** Answers carry an entity tag. */
        TAGGED,
        DELETABLE,
        /** Thought of as always there: setting it is never a creation. */
        SETTING
    }

    private static final String ONE = "*";
    private static final String REST = "**";
    private static final PolicyShape[] ALL = values();

    private final List<String> pattern;
    private final String code;
    private final PolicyValue value;
    private final List<Trait> traits;

    PolicyShape(String pattern, String code, PolicyValue value, Trait... traits) {
        this.pattern = JsonPointer.parse(pattern).segments();
        this.code = code;
        this.value = value;
        this.traits = List.of(traits);
    }

    /** The kind of place that a pointer leads to, or null where a policy has no such place. */
    static @Nullable PolicyShape of(JsonPointer pointer) {
        for (PolicyShape shape : ALL) {
            if (shape.matches(pointer)) {
                return shape;
            }
        }
        return null;
    }

    private boolean matches(JsonPointer pointer) {
        boolean open = !pattern.isEmpty() && pattern.getLast().equals(REST);
        int fixed = open ? pattern.size() - 1 : pattern.size();
        if (open ? pointer.depth() <= fixed : pointer.depth() != fixed) {
            return false;
        }
        for (int i = 0; i < fixed; i++) {
            if (!pattern.get(i).equals(ONE) && !pattern.get(i).equals(pointer.segment(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where such a value is stored: ids of subjects and keys of resources may hold slashes, and are
     * one field each.
     */
    JsonPointer stored(JsonPointer pointer) {
        if (pattern.isEmpty() || !pattern.getLast().equals(REST)) {
            return pointer;
        }
        int fixed = pattern.size() - 1;
        String key = String.join("/", pointer.from(fixed).segments());
        return pointer.first(fixed).append(this == RESOURCE && key.endsWith(":") ? key + "/" : key);
    }

    PolicyValue value() {
        return value;
    }

    boolean isTagged() {
        return traits.contains(Trait.TAGGED);
    }

    boolean isDeletable() {
        return traits.contains(Trait.DELETABLE);
    }

    boolean isSetting() {
        return traits.contains(Trait.SETTING);
    }

    /** The place that must exist for this one to exist, or null where that is the policy itself. */
    @Nullable PolicyShape container() {
        if (pattern.size() < 3) {
            return null;
        }
        return pattern.getFirst().equals("imports") ? IMPORT : ENTRY;
    }

    Problem notFound(String policyId, JsonPointer at) {
        return Problem.of(
                        404,
                        "policies:" + code + ".notfound",
                        "There is no " + named(policyId, at) + ", or you may not read it.")
                .describedBy("Check the id, the path and your READ permission on policy:" + at);
    }

    Problem notModifiable(String policyId, JsonPointer at) {
        return Problem.of(
                        403,
                        "policies:" + code + ".notmodifiable",
                        "You may not change the " + named(policyId, at) + ".")
                .describedBy("This takes WRITE permission on policy:" + at);
    }

    private String named(String policyId, JsonPointer at) {
        return this == POLICY
                ? "policy '" + policyId + "'"
                : "value at " + at + " of the policy '" + policyId + "'";
    }
}
