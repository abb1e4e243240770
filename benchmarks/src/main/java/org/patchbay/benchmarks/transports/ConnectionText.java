package org.patchbay.benchmarks.transports;

/**
 * Connections of one type to one broker.
 *
 * @param qos what stands in a source and in a target for at least once, empty where the type has no
 *     QoS
 */
record ConnectionText(String type, String uri, String qos) {

    static final String QOS_1 = ", \"qos\": 1";

    String source(String address) {
        return """
        {"connectionType": "%s", "connectionStatus": "open", "uri": "%s",
         "sources": [{"addresses": ["%s"], "authorizationContext": ["figures:in"], "replyTarget": {"enabled": false}%s}]}
        """
                .formatted(type, uri, address, qos);
    }

    String target(String address) {
        return """
        {"connectionType": "%s", "connectionStatus": "open", "uri": "%s",
         "targets": [{"address": "%s", "topics": ["_/_/things/live/messages"], "authorizationContext": ["figures:out"]%s}]}
        """
                .formatted(type, uri, address, qos);
    }
}
