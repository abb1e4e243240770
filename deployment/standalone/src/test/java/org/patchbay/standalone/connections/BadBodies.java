package org.patchbay.standalone.connections;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchbay.standalone.RunningSystem;

/** Connections with something wrong at each place there can be something. */
final class BadBodies {

    /** Everything that a connection can have, once. */
    static final String WHOLE =
            """
            {"name": "whole", "connectionType": "mqtt-5", "connectionStatus": "closed",
             "uri": "tcp://user:password@127.0.0.1:1",
             "sources": [{"addresses": ["in/#"], "consumerCount": 1, "qos": 1,
                "authorizationContext": ["nginx:ditto"],
                "enforcement": {"input": "{{ source:address }}", "filters": ["in/{{ thing:name }}"]},
                "headerMapping": {"a": "{{ header:a }}"}, "payloadMapping": ["script"],
                "acknowledgementRequests": {"includes": ["twin-persisted"], "filter": "fn:delete()"},
                "declaredAcks": ["{{connection:id}}:done"],
                "replyTarget": {"address": "out", "headerMapping": {"b": "c"},
                   "expectedResponseTypes": ["response"], "enabled": true}}],
             "targets": [{"address": "out/{{ thing:name }}", "qos": 1,
                "topics": ["_/_/things/twin/events?filter=eq(attributes/a,1)&extraFields=attributes"],
                "authorizationContext": ["nginx:ditto"], "headerMapping": {"d": "e"},
                "payloadMapping": ["Ditto"], "issuedAcknowledgementLabel": "{{connection:id}}:sent"}],
             "sshTunnel": {"enabled": true, "uri": "ssh://127.0.0.1:1", "validateHost": true,
                "knownHosts": ["SHA256:abc"],
                "credentials": {"type": "plain", "username": "u", "password": "p"}},
             "clientCount": 1, "failoverEnabled": true, "validateCertificates": true,
             "processorPoolSize": 1, "specificConfig": {"clientId": "c"},
             "mappingDefinitions": {"script": {"mappingEngine": "JavaScript",
                "options": {"incomingScript": "function mapToDittoProtocolMsg() { return null; }",
                   "outgoingScript": "function mapFromDittoProtocolMsg() { return null; }"},
                "incomingConditions": {"c": "fn:filter(header:a,'exists')"}}},
             "tags": ["t"], "ca": "no certificate",
             "credentials": {"type": "client-cert", "cert": "no certificate", "key": "no key"}}
            """;

    /** Other forms of credentials, to be put in. */
    private static final List<String> CREDENTIALS =
            List.of(
                    "{\"type\": \"plain\", \"username\": \"u\", \"password\": \"p\"}",
                    "{\"type\": \"public-key\", \"username\": \"u\", \"publicKey\": \"x\", \"privateKey\": \"y\"}",
                    "{\"type\": \"hmac\", \"algorithm\": \"x\", \"parameters\": {\"secretKey\": \"y\"}}",
                    "{\"type\": \"oauth-client-credentials\", \"tokenEndpoint\": \"https://127.0.0.1:1/t\","
                            + " \"clientId\": \"c\", \"clientSecret\": \"s\", \"requestedScopes\": \"r\"}",
                    "{\"type\": \"oauth-password\", \"tokenEndpoint\": \"x\", \"clientId\": \"c\","
                            + " \"requestedScopes\": \"r\", \"username\": \"u\", \"password\": \"p\"}");

    /** What is put where it does not belong, as JSON. */
    private static final List<String> WRONG =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "0.5",
                    "1e400",
                    "9223372036854775808",
                    "\"\"",
                    "\"nope\"",
                    "\"\\u0000\\ud800{{ {{ fn:\"",
                    "\"" + "x".repeat(20_000) + "\"",
                    "[]",
                    "[null]",
                    "[[1]]",
                    "{}",
                    "{\"a\": {\"b\": [null]}}");

    private BadBodies() {}

    /** Each field taken away, and each value at each place; by what is wrong. */
    static Map<String, String> all() {
        Map<String, String> bodies = new LinkedHashMap<>();
        ruin((ObjectNode) RunningSystem.json(WHOLE), "", bodies);
        for (String credentials : CREDENTIALS) {
            ObjectNode connection = (ObjectNode) RunningSystem.json(WHOLE);
            connection.set("credentials", RunningSystem.json(credentials));
            ruin(connection, "/credentials", bodies);
        }
        return bodies;
    }

    private static void ruin(ObjectNode connection, String below, Map<String, String> bodies) {
        for (String pointer : places(connection.at(below), below)) {
            String where = connection.at("/credentials/type").asText() + " " + pointer;
            JsonPointer at = JsonPointer.compile(pointer);
            ObjectNode without = connection.deepCopy();
            if (without.at(at.head()) instanceof ObjectNode parent) {
                parent.remove(at.last().getMatchingProperty());
                bodies.put(where + " missing", without.toString());
            }
            for (String wrong : WRONG) {
                ObjectNode with = connection.deepCopy();
                switch (with.at(at.head())) {
                    case ObjectNode parent ->
                            parent.set(at.last().getMatchingProperty(), RunningSystem.json(wrong));
                    case ArrayNode parent ->
                            parent.set(at.last().getMatchingIndex(), RunningSystem.json(wrong));
                    default -> throw new IllegalStateException(pointer);
                }
                bodies.put(
                        where + " = " + wrong.substring(0, Math.min(30, wrong.length())),
                        with.toString());
            }
        }
    }

    private static List<String> places(JsonNode node, String at) {
        List<String> places = new ArrayList<>();
        switch (node) {
            case ObjectNode object ->
                    object.properties()
                            .forEach(field -> {
                                places.add(at + "/" + field.getKey());
                                places.addAll(places(field.getValue(), at + "/" + field.getKey()));
                            });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    places.add(at + "/" + i);
                    places.addAll(places(array.get(i), at + "/" + i));
                }
            }
            default -> {}
        }
        return places;
    }
}
