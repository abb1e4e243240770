package org.patchbay.gateway.piggyback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problems;

/** The fields of a command, read; a missing or malformed one is a problem. */
final class CommandFields {

    private CommandFields() {}

    static String text(JsonNode command, String field) {
        String value = textOrNull(command, field);
        if (value == null) {
            throw Problems.jsonFieldMissing("/" + field).asException();
        }
        return value;
    }

    static @Nullable String textOrNull(JsonNode command, String field) {
        JsonNode value = command.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw Problems.jsonFormatInvalid("/" + field, "a text").asException();
        }
        return value.textValue();
    }

    static boolean flag(JsonNode command, String field) {
        JsonNode value = command.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw Problems.jsonFormatInvalid("/" + field, "true or false").asException();
        }
        return value.booleanValue();
    }

    static ObjectNode object(JsonNode command, String field) {
        JsonNode value = command.get(field);
        if (value == null) {
            throw Problems.jsonFieldMissing("/" + field).asException();
        }
        if (!(value instanceof ObjectNode object)) {
            throw Problems.jsonFormatInvalid("/" + field, "an object").asException();
        }
        return object;
    }

    /** The texts of an array; null where there is none. */
    static @Nullable List<String> textsOrNull(JsonNode command, String field) {
        JsonNode value = command.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (element.isTextual()) {
                texts.add(element.textValue());
            }
        }
        if (!value.isArray() || texts.size() != value.size()) {
            throw Problems.jsonFormatInvalid("/" + field, "an array of texts").asException();
        }
        return texts;
    }

    static ObjectNode response(String type, int status) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("status", status);
    }
}
