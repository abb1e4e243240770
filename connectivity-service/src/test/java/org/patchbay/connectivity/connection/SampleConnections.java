package org.patchbay.connectivity.connection;

import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.protocol.json.Json;

/** Typical connections for tests. */
public final class SampleConnections {

    private SampleConnections() {}

    public static Connection mqtt(String id, String uri) {
        return ConnectionJson.read(
                Json.parse(
                        """
                        {"name": "sample", "connectionType": "mqtt", "connectionStatus": "open",
                         "uri": "%s", "tags": ["tag"],
                         "sources": [{"addresses": ["in/#"], "qos": 1,
                                      "authorizationContext": ["nginx:ditto"]}],
                         "targets": [{"address": "out/{{ thing:id }}",
                                      "topics": ["_/_/things/twin/events"], "qos": 1,
                                      "authorizationContext": ["nginx:ditto"]}]}
                        """
                                .formatted(uri)),
                id);
    }

    /** MQTT 5, which shares subscriptions between clients. */
    public static Connection mqtt5(String id, int clientCount) {
        var json = ConnectionJson.write(open(id));
        json.put("connectionType", "mqtt-5").put("clientCount", clientCount);
        return ConnectionJson.read(json);
    }

    public static Connection hono(String id) {
        return ConnectionJson.read(
                Json.parse(
                        """
                        {"connectionType": "hono", "connectionStatus": "closed",
                         "sources": [{"addresses": ["event"],
                                      "authorizationContext": ["nginx:ditto"]}]}
                        """),
                id);
    }

    public static Connection open(String id) {
        return mqtt(id, "tcp://127.0.0.1:1");
    }

    public static Connection closed(String id) {
        return open(id).with(ConnectionStatus.CLOSED);
    }
}
