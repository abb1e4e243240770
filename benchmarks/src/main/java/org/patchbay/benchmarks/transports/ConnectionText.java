package org.patchbay.benchmarks.transports;

/**
 * Connections of one type to one broker.
 *
 * @param qos what stands in a source and in a target for at least once, empty where the type has no
 *     QoS
 * @param more fields of the connection, each with a comma before it
 */
record ConnectionText(String type, String uri, String qos, String more) {

    static final String QOS_1 = ", \"qos\": 1";

    String source(String address) {
        return """
        {"connectionType": "%s", "connectionStatus": "open", "uri": "%s"%s,
         "sources": [{"addresses": ["%s"], "authorizationContext": ["figures:in"], "replyTarget": {"enabled": false}%s}]}
        """
                .formatted(type, uri, more, address, qos);
    }

    String target(String address) {
        return """
        {"connectionType": "%s", "connectionStatus": "open", "uri": "%s"%s,
         "targets": [{"address": "%s", "topics": ["_/_/things/live/messages"], "authorizationContext": ["figures:out"]%s}]}
        """
                .formatted(type, uri, more, address, qos);
    }
}
