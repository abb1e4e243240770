package org.patchbay.connectivity.model.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.model.Target.Topic;

/** Writes a connection in the documented order; what is empty and has no default is left out. */
final class ConnectionWriter {

    private ConnectionWriter() {}

    static ObjectNode write(Connection connection) {
        ObjectNode json = object();
        json.put("id", connection.id());
        json.put("name", connection.name());
        json.put("connectionType", connection.type().wireName());
        json.put("connectionStatus", connection.status().wireName());
        json.put("uri", connection.uri().reveal());
        ArrayNode sources = json.putArray("sources");
        connection.sources().forEach(source -> sources.add(source(source)));
        ArrayNode targets = json.putArray("targets");
        connection.targets().forEach(target -> targets.add(target(target)));
        if (connection.sshTunnel() != null) {
            json.set("sshTunnel", tunnel(connection.sshTunnel()));
        }
        json.put("clientCount", connection.clientCount());
        json.put("failoverEnabled", connection.failoverEnabled());
        json.put("validateCertificates", connection.validateCertificates());
        json.put("processorPoolSize", connection.processorPoolSize());
        if (!connection.specificConfig().isEmpty()) {
            json.set("specificConfig", texts(connection.specificConfig()));
        }
        if (!connection.mappingDefinitions().isEmpty()) {
            ObjectNode definitions = json.putObject("mappingDefinitions");
            connection
                    .mappingDefinitions()
                    .forEach((name, definition) -> definitions.set(name, definition(definition)));
        }
        json.set("tags", array(connection.tags()));
        putText(json, "ca", connection.ca());
        if (connection.credentials() != null) {
            json.set("credentials", CredentialsJson.write(connection.credentials()));
        }
        return json;
    }

    private static ObjectNode source(Source source) {
        ObjectNode json = object();
        json.set("addresses", array(source.addresses()));
        json.put("consumerCount", source.consumerCount());
        putNumber(json, "qos", source.qos());
        json.set("authorizationContext", array(source.authorizationContext()));
        if (source.enforcement() != null) {
            ObjectNode enforcement = json.putObject("enforcement");
            enforcement.put("input", source.enforcement().input());
            enforcement.set("filters", array(source.enforcement().filters()));
        }
        if (source.acknowledgementRequests() != null) {
            ObjectNode requests = json.putObject("acknowledgementRequests");
            requests.set("includes", array(source.acknowledgementRequests().includes()));
            putText(requests, "filter", source.acknowledgementRequests().filter());
        }
        putTexts(json, "declaredAcks", source.declaredAcks());
        json.set("headerMapping", texts(source.headerMapping()));
        putTexts(json, "payloadMapping", source.payloadMapping());
        ObjectNode reply = json.putObject("replyTarget");
        reply.put("address", source.replyTarget().address());
        reply.set("headerMapping", texts(source.replyTarget().headerMapping()));
        reply.set("expectedResponseTypes", array(source.replyTarget().expectedResponseTypes()));
        reply.put("enabled", source.replyTarget().enabled());
        return json;
    }

    private static ObjectNode target(Target target) {
        ObjectNode json = object();
        json.put("address", target.address());
        json.set("topics", array(target.topics().stream().map(Topic::text).toList()));
        putNumber(json, "qos", target.qos());
        json.set("authorizationContext", array(target.authorizationContext()));
        putText(json, "issuedAcknowledgementLabel", target.issuedAcknowledgementLabel());
        json.set("headerMapping", texts(target.headerMapping()));
        putTexts(json, "payloadMapping", target.payloadMapping());
        return json;
    }

    private static ObjectNode tunnel(SshTunnel tunnel) {
        ObjectNode json = object();
        json.put("enabled", tunnel.enabled());
        json.put("uri", tunnel.uri().reveal());
        json.set("credentials", CredentialsJson.write(tunnel.credentials()));
        json.put("validateHost", tunnel.validateHost());
        json.set("knownHosts", array(tunnel.knownHosts()));
        return json;
    }

    static ObjectNode definition(MappingDefinition definition) {
        ObjectNode json = object();
        json.put("mappingEngine", definition.mappingEngine());
        json.set("options", definition.options());
        if (!definition.incomingConditions().isEmpty()) {
            json.set("incomingConditions", texts(definition.incomingConditions()));
        }
        if (!definition.outgoingConditions().isEmpty()) {
            json.set("outgoingConditions", texts(definition.outgoingConditions()));
        }
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static ObjectNode texts(Map<String, String> values) {
        ObjectNode json = object();
        values.forEach(json::put);
        return json;
    }

    private static void putText(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void putTexts(ObjectNode json, String name, List<String> values) {
        if (!values.isEmpty()) {
            json.set(name, array(values));
        }
    }

    private static void putNumber(ObjectNode json, String name, @Nullable Integer value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
