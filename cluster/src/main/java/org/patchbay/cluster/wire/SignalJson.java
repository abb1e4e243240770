package org.patchbay.cluster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.JsonPointer;

/**
 * A signal between nodes. Unlike the envelope that users see, header values stay the exact texts
 * they are, and times keep their precision.
 */
public final class SignalJson {

    private SignalJson() {}

    public static ObjectNode write(Signal signal) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("topic", signal.topic().toString());
        json.put("path", signal.path().toString());
        json.set("headers", writeHeaders(signal.headers()));
        set(json, "value", signal.value());
        if (signal.fields() != null) {
            json.put("fields", signal.fields().toString());
        }
        if (signal.status() != null) {
            json.put("status", signal.status());
        }
        set(json, "extra", signal.extra());
        if (signal.revision() != null) {
            json.put("revision", signal.revision());
        }
        if (signal.timestamp() != null) {
            json.put("timestamp", signal.timestamp().toString());
        }
        return json;
    }

    public static Signal read(JsonNode json) {
        JsonNode fields = json.get("fields");
        JsonNode status = json.get("status");
        JsonNode revision = json.get("revision");
        JsonNode timestamp = json.get("timestamp");
        return new Signal(
                TopicPath.parse(json.required("topic").textValue()),
                JsonPointer.parse(json.required("path").textValue()),
                readHeaders(json.required("headers")),
                json.get("value"),
                fields == null ? null : FieldSelector.parse(fields.textValue()),
                status == null ? null : (Integer) status.intValue(),
                json.get("extra"),
                revision == null ? null : (Long) revision.longValue(),
                timestamp == null ? null : Instant.parse(timestamp.textValue()));
    }

    public static ObjectNode writeHeaders(Headers headers) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        headers.forEach(json::put);
        return json;
    }

    public static Headers readHeaders(JsonNode json) {
        Map<String, String> values = new LinkedHashMap<>();
        json.properties()
                .forEach(field -> values.put(field.getKey(), field.getValue().textValue()));
        return Headers.of(values);
    }

    private static void set(ObjectNode json, String field, @Nullable JsonNode value) {
        if (value != null) {
            json.set(field, value);
        }
    }
}
