package org.patchbay.things.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.enforcement.PolicyImports;

/** What may stand at a place of a policy. */
enum PolicyValue {
    POLICY {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            object(value);
            ObjectNode policy = JsonNodeFactory.instance.objectNode();
            JsonNode id = value.get("policyId");
            if (id != null) {
                policy.set("policyId", id);
            }
            policy.set("imports", IMPORTS.normalized(orEmpty(value, "imports"), expiry));
            policy.set("entries", ENTRIES.normalized(orEmpty(value, "entries"), expiry));
            return policy;
        }
    },
    IMPORTS {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            ObjectNode imports = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> each : object(value).properties()) {
                checkImportId(each.getKey());
                imports.set(each.getKey(), IMPORT.normalized(each.getValue(), expiry));
            }
            return imports;
        }
    },
    IMPORT {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            object(value);
            if (value.has("entries")) {
                LABELS.normalized(value.get("entries"), expiry);
            }
            return value;
        }
    },
    LABELS {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            return texts(value);
        }
    },
    ENTRIES {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            ObjectNode entries = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> each : object(value).properties()) {
                checkLabel(each.getKey());
                entries.set(each.getKey(), ENTRY.normalized(each.getValue(), expiry));
            }
            return entries;
        }
    },
    ENTRY {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            JsonNode sent = value.isNull() ? JsonNodeFactory.instance.objectNode() : object(value);
            ObjectNode entry = JsonNodeFactory.instance.objectNode();
            entry.set("subjects", SUBJECTS.normalized(orEmpty(sent, "subjects"), expiry));
            entry.set("resources", RESOURCES.normalized(orEmpty(sent, "resources"), expiry));
            entry.set(
                    "importable",
                    IMPORTABLE.normalized(
                            sent.has("importable")
                                    ? sent.get("importable")
                                    : TextNode.valueOf("implicit"),
                            expiry));
            copy(sent, "namespaces", entry, NAMESPACES, expiry);
            copy(sent, "allowedAdditions", entry, ALLOWED_ADDITIONS, expiry);
            copy(sent, "references", entry, REFERENCES, expiry);
            return entry;
        }
    },
    SUBJECTS {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            ObjectNode subjects = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> each : object(value).properties()) {
                checkSubjectId(each.getKey());
                subjects.set(each.getKey(), SUBJECT.normalized(each.getValue(), expiry));
            }
            return subjects;
        }
    },
    SUBJECT {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            ObjectNode subject = JsonNodeFactory.instance.objectNode();
            JsonNode sent = object(value);
            if (sent.has("type")) {
                subject.set("type", sent.get("type"));
            }
            if (sent.hasNonNull("expiry")) {
                subject.set("expiry", expiry.rounded(sent.get("expiry")));
            }
            if (sent.hasNonNull("announcement")) {
                subject.set("announcement", PolicyExpiry.announcement(sent.get("announcement")));
            }
            return subject;
        }
    },
    RESOURCES {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            ObjectNode resources = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> each : object(value).properties()) {
                checkResourceKey(each.getKey());
                resources.set(each.getKey(), RESOURCE.normalized(each.getValue(), expiry));
            }
            return resources;
        }
    },
    RESOURCE {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            JsonNode sent = object(value);
            ObjectNode resource = JsonNodeFactory.instance.objectNode();
            for (String field : new String[] {"grant", "revoke"}) {
                resource.set(
                        field,
                        sent.has(field)
                                ? texts(sent.get(field))
                                : JsonNodeFactory.instance.arrayNode());
            }
            return resource;
        }
    },
    IMPORTABLE {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            if (!Set.of("implicit", "explicit", "never").contains(value.asText())) {
                throw PolicyProblems.entryInvalid("importable is implicit, explicit or never")
                        .asException();
            }
            return value;
        }
    },
    NAMESPACES {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            for (JsonNode namespace : texts(value)) {
                if (!NAMESPACE_PATTERN.matcher(namespace.asText()).matches()) {
                    throw PolicyProblems.entryInvalid(
                                    "'" + namespace.asText() + "' is no pattern of namespaces")
                            .asException();
                }
            }
            return value;
        }
    },
    ALLOWED_ADDITIONS {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            for (JsonNode addition : texts(value)) {
                if (!ADDITIONS.contains(addition.asText())) {
                    throw PolicyProblems.entryInvalid("additions are " + ADDITIONS).asException();
                }
            }
            return value;
        }
    },
    REFERENCES {
        @Override
        JsonNode normalized(JsonNode value, PolicyExpiry expiry) {
            if (!value.isArray()) {
                throw PolicyProblems.entryInvalid("references are a list").asException();
            }
            return value;
        }
    };

    private static final Pattern NAMESPACE_PATTERN =
            Pattern.compile("[a-zA-Z]\\w*+(?:[.\\-]\\w++)*+(?:\\.\\*)?");
    private static final Set<String> ADDITIONS = Set.of("subjects", "resources", "namespaces");
    private static final Pattern RESOURCE_KEY = Pattern.compile("[a-zA-Z][\\w\\-]*:/.*");
    private static final Pattern SUBJECT_ID = Pattern.compile("[^:]+:.+|\\{\\{.+}}.*");

    /** The value as it is stored, with its defaults; a wrong one is a problem. */
    abstract JsonNode normalized(JsonNode value, PolicyExpiry expiry);

    static void checkLabel(String label) {
        if (label.isEmpty()) {
            throw Problems.jsonInvalid("the label of an entry is empty").asException();
        }
        if (label.startsWith(PolicyImports.LABEL_PREFIX)) {
            throw PolicyProblems.labelInvalid(label).asException();
        }
    }

    static void checkSubjectId(String id) {
        if (!SUBJECT_ID.matcher(id).matches()) {
            throw PolicyProblems.subjectIdInvalid(id).asException();
        }
    }

    static void checkResourceKey(String key) {
        if (!RESOURCE_KEY.matcher(key).matches()) {
            throw Problems.jsonInvalid("'" + key + "' is no resource; one is thing:/attributes")
                    .asException();
        }
        JsonPointer.parse(key.substring(key.indexOf(':') + 1));
    }

    static void checkImportId(String id) {
        if (!EntityId.isValid(id)) {
            throw EntityId.invalid("policies", id).asException();
        }
    }

    private static JsonNode orEmpty(JsonNode value, String field) {
        JsonNode part = value.get(field);
        return part == null || part.isNull() ? JsonNodeFactory.instance.objectNode() : part;
    }

    private static void copy(
            JsonNode from, String field, ObjectNode to, PolicyValue kind, PolicyExpiry expiry) {
        JsonNode value = from.get(field);
        if (value != null) {
            to.set(field, kind.normalized(value, expiry));
        }
    }

    private static JsonNode object(JsonNode value) {
        if (!value.isObject()) {
            throw Problems.jsonInvalid("an object is expected here").asException();
        }
        return value;
    }

    private static JsonNode texts(JsonNode value) {
        boolean ok = value.isArray();
        for (JsonNode element : value) {
            ok &= element.isTextual();
        }
        if (!ok) {
            throw Problems.jsonInvalid("a list of texts is expected here").asException();
        }
        return value;
    }
}
