package org.patchbay.connectivity.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.patchbay.protocol.json.Json;

/** Typical connections as JSON, to be changed by tests. */
public final class Samples {

    public static final String MQTT =
            """
            {"name": "sample", "connectionType": "mqtt", "connectionStatus": "open",
             "uri": "tcp://127.0.0.1:1883",
             "sources": [{"addresses": ["in/#"], "authorizationContext": ["nginx:ditto"], "qos": 0}],
             "targets": [{"address": "out/{{ thing:id }}", "topics": ["_/_/things/twin/events"],
                          "authorizationContext": ["nginx:ditto"], "qos": 0}]}
            """;

    private Samples() {}

    public static ObjectNode mqtt() {
        return (ObjectNode) Json.parse(MQTT);
    }

    /** The sample with the value at a JSON pointer replaced; the value is JSON, null removes. */
    public static ObjectNode mqttWith(String pointer, String value) {
        return with(mqtt(), pointer, value);
    }

    public static ObjectNode with(ObjectNode json, String pointer, String value) {
        int slash = pointer.lastIndexOf('/');
        String field = pointer.substring(slash + 1);
        ObjectNode parent = (ObjectNode) json.at(pointer.substring(0, slash));
        if (value.equals("null")) {
            parent.remove(field);
        } else {
            parent.set(field, Json.parse(value));
        }
        return json;
    }

    public static JsonNode changed(Consumer<ObjectNode> change) {
        ObjectNode json = mqtt();
        change.accept(json);
        return json;
    }
}
