package org.patchbay.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/** The JSON of a {@link Signal}: {@code {topic, headers, path, value?, status?, extra?, …}}. */
public final class Envelope {

    private static final int STATUS_MIN = 100;
    private static final int STATUS_MAX = 599;

    private Envelope() {}

    /** Reads an envelope; what is missing or of the wrong type is named by its JSON pointer. */
    public static Signal read(JsonNode json) {
        if (!json.isObject()) {
            throw wrongType("/", "an object");
        }
        String topic = text(json, "topic", true);
        String path = text(json, "path", true);
        Headers headers = readHeaders(json.get("headers"));
        return new Signal(
                topic(topic, headers),
                JsonPointer.parse(path),
                headers,
                json.get("value"),
                fields(json),
                status(json),
                json.get("extra"),
                number(json, "revision"),
                timestamp(json));
    }

    public static ObjectNode write(Signal signal) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("topic", signal.topic().toString());
        json.set("headers", writeHeaders(signal.headers()));
        json.put("path", signal.path().toString());
        if (signal.value() != null) {
            json.set("value", signal.value());
        }
        if (signal.status() != null) {
            json.put("status", signal.status());
        }
        if (signal.fields() != null) {
            json.put("fields", signal.fields().toString());
        }
        if (signal.extra() != null) {
            json.set("extra", signal.extra());
        }
        if (signal.revision() != null) {
            json.put("revision", signal.revision());
        }
        if (signal.timestamp() != null) {
            json.put("timestamp", signal.timestamp().toString());
        }
        return json;
    }

    /** Headers as JSON, each in the type that {@link HeaderDefinition} gives it. */
    public static ObjectNode writeHeaders(Headers headers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        headers.forEach((name, value) -> json.set(name, headerValue(name, value)));
        return json;
    }

    private static JsonNode headerValue(String name, String value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        try {
            return switch (HeaderDefinition.typeOf(name)) {
                case TEXT -> make.textNode(value);
                case BOOLEAN -> make.booleanNode(Boolean.parseBoolean(value));
                case NUMBER -> make.numberNode(Long.parseLong(value));
                case ARRAY, OBJECT -> value.equals("[]") ? make.arrayNode() : Json.parse(value);
            };
        } catch (NumberFormatException | ProblemException e) {
            return make.textNode(value);
        }
    }

    /**
     * Headers from JSON, their names in lower case: texts as they are, anything else as its JSON
     * text, null left out.
     */
    public static Headers readHeaders(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return Headers.EMPTY;
        }
        if (!json.isObject()) {
            throw wrongType("/headers", "an object");
        }
        Headers.Builder headers = Headers.builder();
        json.properties()
                .forEach(field -> {
                    JsonNode value = field.getValue();
                    if (!value.isNull()) {
                        headers.set(
                                field.getKey().toLowerCase(Locale.ROOT),
                                value.isTextual() ? value.textValue() : value.toString());
                    }
                });
        return headers.build();
    }

    private static TopicPath topic(String text, Headers headers) {
        try {
            return TopicPath.parse(text);
        } catch (ProblemException e) {
            throw new ProblemException(e.problem(), headers);
        }
    }

    private static ProblemException wrongType(String pointer, String expected) {
        return Problems.jsonInvalid("the value at " + pointer + " must be " + expected)
                .asException();
    }

    private static @Nullable FieldSelector fields(JsonNode json) {
        String text = text(json, "fields", false);
        return text.isEmpty() ? null : FieldSelector.parse(text);
    }

    private static @Nullable Integer status(JsonNode json) {
        Long status = number(json, "status");
        if (status == null) {
            return null;
        }
        if (status < STATUS_MIN || status > STATUS_MAX) {
            throw wrongType("/status", "a status between " + STATUS_MIN + " and " + STATUS_MAX);
        }
        return status.intValue();
    }

    private static @Nullable Long number(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.canConvertToLong() || !value.canConvertToExactIntegral()) {
            throw wrongType("/" + field, "a whole number");
        }
        return value.longValue();
    }

    private static @Nullable Instant timestamp(JsonNode json) {
        String text = text(json, "timestamp", false);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw Problems.jsonFormatInvalid("/timestamp", "an ISO 8601 time in UTC").asException();
        }
    }

    private static String text(JsonNode json, String field, boolean required) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            if (required) {
                throw Problems.jsonFieldMissing("/" + field).asException();
            }
            return "";
        }
        if (!value.isTextual()) {
            throw wrongType("/" + field, "a text");
        }
        return value.textValue();
    }
}
