package org.patchbay.things.thing.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Problems;
import org.patchbay.things.document.JsonRules;

/** What may stand at a place of a thing; null may stand nearly everywhere. */
enum ValueKind {
    THING {
        @Override
        JsonNode normalized(JsonNode value) {
            ObjectNode thing = JsonNodeFactory.instance.objectNode();
            copy(value, "thingId", thing, ANY);
            copy(value, "policyId", thing, POLICY_ID);
            copy(value, "definition", thing, DEFINITION);
            copy(value, "attributes", thing, OBJECT);
            copy(value, "features", thing, FEATURES);
            return thing;
        }
    },
    POLICY_ID {
        @Override
        JsonNode normalized(JsonNode value) {
            if (!value.isTextual() || !EntityId.isValid(value.textValue())) {
                throw EntityId.invalid("policies", value.asText()).asException();
            }
            return value;
        }
    },
    DEFINITION {
        @Override
        JsonNode normalized(JsonNode value) {
            return value.isNull() ? value : identifier(value);
        }
    },
    OBJECT {
        @Override
        JsonNode normalized(JsonNode value) {
            return value.isNull() ? value : object(value);
        }
    },
    FEATURES {
        @Override
        JsonNode normalized(JsonNode value) {
            if (value.isNull()) {
                return value;
            }
            ObjectNode features = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> feature : object(value).properties()) {
                checkFeatureId(feature.getKey());
                features.set(feature.getKey(), FEATURE.normalized(feature.getValue()));
            }
            return features;
        }
    },
    FEATURE {
        @Override
        JsonNode normalized(JsonNode value) {
            if (value.isNull()) {
                return value;
            }
            ObjectNode feature = JsonNodeFactory.instance.objectNode();
            object(value);
            copy(value, "definition", feature, DEFINITIONS);
            copy(value, "properties", feature, OBJECT);
            copy(value, "desiredProperties", feature, OBJECT);
            return feature;
        }
    },
    DEFINITIONS {
        @Override
        JsonNode normalized(JsonNode value) {
            if (value.isNull()) {
                return value;
            }
            if (!value.isArray() || value.isEmpty()) {
                throw Problems.jsonInvalid("a feature's definition is a list of identifiers")
                        .asException();
            }
            value.forEach(ValueKind::identifier);
            return value;
        }
    },
    ANY {
        @Override
        JsonNode normalized(JsonNode value) {
            JsonRules.check(value);
            return value;
        }
    };

    private static final Pattern IDENTIFIER =
            Pattern.compile("[\\w.\\-]+:[\\w.\\-]+:[\\w.\\-]+|https?://\\S+");
    private static final Pattern FEATURE_ID = Pattern.compile("[^\\x00-\\x1F\\x7F-\\xFF/]+");

    /** The value as it is stored, without fields that have no meaning; a wrong one is a problem. */
    abstract JsonNode normalized(JsonNode value);

    /** Feature ids take part in message subjects, and so are held to the form of names. */
    static void checkFeatureId(String id) {
        if (!FEATURE_ID.matcher(id).matches()) {
            throw JsonRules.keyInvalid(id).asException();
        }
    }

    private static void copy(JsonNode from, String field, ObjectNode to, ValueKind kind) {
        JsonNode value = from.get(field);
        if (value != null) {
            to.set(field, kind.normalized(value));
        }
    }

    private static JsonNode object(JsonNode value) {
        if (!value.isObject()) {
            throw Problems.jsonInvalid("an object is expected here").asException();
        }
        JsonRules.check(value);
        return value;
    }

    private static JsonNode identifier(JsonNode value) {
        if (!value.isTextual() || !IDENTIFIER.matcher(value.textValue()).matches()) {
            throw ThingProblems.definitionInvalid(value.asText()).asException();
        }
        return value;
    }
}
