package org.patchbay.connectivity.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.protocol.Problems;

/**
 * One JSON object while it is read: typed access to its fields. What is missing or of the wrong
 * type is noted and a neutral value is returned, so that reading goes on and finds the rest. JSON
 * null counts as missing.
 */
final class Fields {

    private final JsonNode json;
    private final String at;
    private final Findings findings;

    Fields(JsonNode json, String at, Findings findings) {
        this.json = json;
        this.at = at;
        this.findings = findings;
        if (!json.isObject()) {
            findings.wrong(at.isEmpty() ? "/" : at, Problems.jsonFormatInvalid(at, "an object"));
        }
    }

    String pointer(String name) {
        return Finding.at(at, name);
    }

    Findings findings() {
        return findings;
    }

    boolean has(String name) {
        return json.hasNonNull(name);
    }

    String text(String name) {
        if (!has(name)) {
            missing(name);
            return "";
        }
        String value = textOrNull(name);
        return value == null ? "" : value;
    }

    @Nullable String textOrNull(String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isTextual() ? value.textValue() : unexpected(pointer(name), "a text", null);
    }

    String textOr(String name, String otherwise) {
        String value = textOrNull(name);
        return value == null ? otherwise : value;
    }

    boolean flag(String name, boolean otherwise) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        return value.isBoolean()
                ? value.booleanValue()
                : unexpected(pointer(name), "true or false", otherwise);
    }

    int number(String name, int otherwise) {
        Integer value = numberOrNull(name);
        return value == null ? otherwise : value;
    }

    @Nullable Integer numberOrNull(String name) {
        JsonNode value = json.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isIntegralNumber() && value.canConvertToInt()
                ? (Integer) value.intValue()
                : unexpected(pointer(name), "a whole number", null);
    }

    /** Texts in their order; one that is there already is passed over. */
    List<String> texts(String name) {
        Set<String> texts = new LinkedHashSet<>(allTexts(name));
        return List.copyOf(texts);
    }

    /** As {@link #texts}, where once a single text could stand in place of the array. */
    List<String> textsOrOne(String name) {
        JsonNode value = json.get(name);
        return value != null && value.isTextual() ? List.of(value.textValue()) : allTexts(name);
    }

    private List<String> allTexts(String name) {
        List<String> texts = new ArrayList<>();
        forEach(
                name,
                (value, pointer) -> {
                    if (value.isTextual()) {
                        texts.add(value.textValue());
                    } else {
                        unexpected(pointer, "a text", null);
                    }
                });
        return texts;
    }

    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        forEach(name, (value, pointer) -> objects.add(new Fields(value, pointer, findings)));
        return objects;
    }

    @Nullable Fields object(String name) {
        return has(name) ? new Fields(json.get(name), pointer(name), findings) : null;
    }

    Fields requiredObject(String name) {
        return new Fields(
                has(name) ? json.get(name) : JsonNodeFactory.instance.objectNode(),
                pointer(name),
                findings);
    }

    /** The fields of an object as they are; empty where it is missing. */
    ObjectNode node(String name) {
        JsonNode value = json.get(name);
        if (value instanceof ObjectNode object) {
            return object;
        }
        if (value != null && !value.isNull()) {
            unexpected(pointer(name), "an object", null);
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** An object of texts by name; numbers and the like become their text, null is left out. */
    Map<String, String> textsByName(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node(name).properties()) {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                texts.put(field.getKey(), value.isTextual() ? value.textValue() : value.toString());
            }
        }
        return texts;
    }

    <T> Map<String, T> objectsByName(String name, Function<Fields, T> read) {
        Map<String, T> objects = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node(name).properties()) {
            String pointer = Finding.at(pointer(name), field.getKey());
            objects.put(
                    field.getKey(), read.apply(new Fields(field.getValue(), pointer, findings)));
        }
        return objects;
    }

    /** A text that must be one of a few; {@code of} gives null for any other. */
    <T> T oneOf(String name, Function<String, @Nullable T> of, T otherwise, String allowed) {
        if (!has(name)) {
            text(name);
            return otherwise;
        }
        String text = textOrNull(name);
        T value = text == null ? null : of.apply(text);
        if (text != null && value == null) {
            findings.add(
                    new Finding(
                            ConnectionProblems.JSON_INVALID,
                            pointer(name),
                            "'" + text + "' is not known.",
                            "Allowed: " + allowed + "."));
        }
        return value == null ? otherwise : value;
    }

    /** Notes what is missing; in something that is no object at all, nothing more is. */
    private void missing(String name) {
        if (json.isObject()) {
            findings.wrong(pointer(name), Problems.jsonFieldMissing(pointer(name)));
        }
    }

    private interface Item {
        void at(JsonNode value, String pointer);
    }

    private void forEach(String name, Item item) {
        JsonNode values = json.get(name);
        if (values == null || values.isNull()) {
            return;
        }
        if (!values.isArray()) {
            unexpected(pointer(name), "an array", null);
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            item.at(values.get(i), pointer(name) + "/" + i);
        }
    }

    private <T extends @Nullable Object> T unexpected(String pointer, String expected, T instead) {
        findings.wrong(pointer, Problems.jsonFormatInvalid(pointer, expected));
        return instead;
    }
}
