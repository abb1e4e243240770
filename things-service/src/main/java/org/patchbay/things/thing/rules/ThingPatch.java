package org.patchbay.things.thing.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Merge patches of things, brought to the form in which they are stored. */
final class ThingPatch {

    private static final Set<String> OF_THING =
            Set.of("thingId", "policyId", "definition", "attributes", "features");
    private static final Set<String> OF_FEATURE =
            Set.of("definition", "properties", "desiredProperties");

    /** A key that stands for all that match it: <code>{{ ~2026-.*~ }}</code>. */
    private static final Pattern ANY_KEY = Pattern.compile("\\{\\{\\s*~(.*)~\\s*}}");

    private ThingPatch() {}

    /** The patch without fields that a thing or a feature has not. */
    static JsonNode known(ThingShape shape, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        return switch (shape) {
            case THING -> {
                ObjectNode kept = only(OF_THING, patch);
                if (kept.has("features")) {
                    kept.set("features", known(ThingShape.FEATURES, kept.get("features")));
                }
                yield kept;
            }
            case FEATURES -> {
                ObjectNode kept = JsonNodeFactory.instance.objectNode();
                patch.properties()
                        .forEach(
                                f -> kept.set(f.getKey(), known(ThingShape.FEATURE, f.getValue())));
                yield kept;
            }
            case FEATURE -> only(OF_FEATURE, patch);
            case POLICY_ID,
                    DEFINITION,
                    ATTRIBUTES,
                    ATTRIBUTE,
                    FEATURE_DEFINITION,
                    PROPERTIES,
                    PROPERTY,
                    DESIRED_PROPERTIES,
                    DESIRED_PROPERTY ->
                    patch;
        };
    }

    private static ObjectNode only(Set<String> fields, JsonNode patch) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (fields.contains(field.getKey()) || ANY_KEY.matcher(field.getKey()).matches()) {
                kept.set(field.getKey(), field.getValue());
            }
        }
        return kept;
    }

    /**
     * The patch with each key that stands for many replaced by those there are: a stored event must
     * mean the same whenever it is read.
     *
     * @param present what is at the patch's place now
     */
    static JsonNode spelledOut(JsonNode patch, @Nullable JsonNode present) {
        if (!patch.isObject() || !hasAnyKey(patch)) {
            return patch;
        }
        ObjectNode spelled = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            Matcher any = ANY_KEY.matcher(field.getKey());
            if (any.matches() && field.getValue().isNull()) {
                deleteMatching(any.group(1), present, patch, spelled);
            } else {
                @Nullable JsonNode below = present == null ? null : present.get(field.getKey());
                spelled.set(field.getKey(), spelledOut(field.getValue(), below));
            }
        }
        return spelled;
    }

    private static boolean hasAnyKey(JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            boolean isAny = field.getKey().startsWith("{{");
            if (isAny || (field.getValue().isObject() && hasAnyKey(field.getValue()))) {
                return true;
            }
        }
        return false;
    }

    private static void deleteMatching(
            String regex, @Nullable JsonNode present, JsonNode patch, ObjectNode spelled) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw ThingProblems.mergeInvalid("'" + regex + "' is no regular expression")
                    .asException();
        }
        if (present == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : present.properties()) {
            if (!patch.has(field.getKey()) && pattern.matcher(field.getKey()).matches()) {
                spelled.set(field.getKey(), NullNode.getInstance());
            }
        }
    }
}
