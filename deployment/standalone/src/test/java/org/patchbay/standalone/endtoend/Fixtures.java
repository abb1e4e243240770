package org.patchbay.standalone.endtoend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the tests put into the product. */
final class Fixtures {

    static final String POLICY =
            """
            {"entries": {"owner": {
              "subjects": {"nginx:ditto": {"type": "test"}, "test:in": {"type": "test"}, "test:out": {"type": "test"}},
              "resources": {
                "policy:/": {"grant": ["READ", "WRITE"], "revoke": []},
                "thing:/": {"grant": ["READ", "WRITE"], "revoke": []},
                "message:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
            """;

    private Fixtures() {}

    static ObjectNode connection(String type, String uri) {
        ObjectNode connection = JsonNodeFactory.instance.objectNode();
        connection.put("connectionType", type);
        connection.put("connectionStatus", "open");
        connection.put("uri", uri);
        connection.putArray("sources");
        connection.putArray("targets");
        return connection;
    }

    /** One source of QoS 1 whose messages this script maps. */
    static ObjectNode source(String type, String uri, String address, String script) {
        ObjectNode connection = connection(type, uri);
        ObjectNode source = connection.withArray("sources").addObject();
        source.putArray("addresses").add(address);
        source.putArray("authorizationContext").add("test:in");
        source.put("qos", 1);
        source.putArray("payloadMapping").add("script");
        source.putObject("replyTarget").put("enabled", false);
        ObjectNode definition = connection.putObject("mappingDefinitions").putObject("script");
        definition.put("mappingEngine", "JavaScript");
        definition.putObject("options").put("incomingScript", script);
        return connection;
    }

    /** One target of QoS 1 for the events of a namespace. */
    static ObjectNode target(String type, String uri, String address, String namespace) {
        ObjectNode connection = connection(type, uri);
        ObjectNode target = connection.withArray("targets").addObject();
        target.put("address", address);
        target.putArray("topics").add("_/_/things/twin/events?namespaces=" + namespace);
        target.putArray("authorizationContext").add("test:out");
        target.put("qos", 1);
        return connection;
    }

    static String thing(String policyId) {
        return JsonNodeFactory.instance.objectNode().put("policyId", policyId).toString();
    }

    static void requestAcknowledgements(ObjectNode connection, List<String> labels) {
        ObjectNode source = (ObjectNode) connection.withArray("sources").get(0);
        labels.forEach(source.putObject("acknowledgementRequests").putArray("includes")::add);
    }

    static void issueAcknowledgement(ObjectNode connection, String label) {
        ObjectNode target = (ObjectNode) connection.withArray("targets").get(0);
        target.put("issuedAcknowledgementLabel", label);
    }
}
