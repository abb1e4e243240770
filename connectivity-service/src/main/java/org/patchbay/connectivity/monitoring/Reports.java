package org.patchbay.connectivity.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;

/**
 * Status, metrics and logs of a connection, merged from its clients' parts, as the HTTP API writes
 * them.
 */
public final class Reports {

    private static final List<String> RECOVERY_WORST_FIRST =
            List.of("backOffLimitReached", "ongoing", "unknown", "succeeded");

    private static final List<String> STATUS_WORST_FIRST =
            List.of("misconfigured", "failed", "unknown", "closed", "open");

    private Reports() {}

    /**
     * Merges the parts into one report.
     *
     * @param parts empty for a connection that is closed
     */
    public static ObjectNode merge(ReportKind kind, Connection connection, List<ReportPart> parts) {
        return switch (kind) {
            case STATUS -> status(connection, parts);
            case METRICS -> metrics(connection, parts);
            case LOGS -> logs(connection, parts);
        };
    }

    /**
     * Status parts of all clients that there should be: what is not known of one that gave no
     * answer is said to be so.
     *
     * @param expected how many clients there should be
     */
    public static List<ReportPart> withSilent(List<ReportPart> parts, int expected, Instant now) {
        List<ReportPart> all = new ArrayList<>(parts);
        while (all.size() < expected) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.putArray("clientStatus")
                    .addObject()
                    .put("type", "client")
                    .put("client", "unknown")
                    .put("status", ConnectionStatus.UNKNOWN.wireName())
                    .put("recoveryStatus", "unknown")
                    .put(
                            "statusDetails",
                            "A client does not answer: it is being started, or its node can't be"
                                    + " reached.")
                    .put("inStateSince", now.toString());
            all.add(new ReportPart(ReportKind.STATUS, json));
        }
        return all;
    }

    private static ObjectNode status(Connection connection, List<ReportPart> parts) {
        ObjectNode json = answer("retrieveConnectionStatus", connection);
        json.put("connectionStatus", connection.status().wireName());
        List<JsonNode> clients = all(parts, "clientStatus");
        json.put("liveStatus", liveStatus(connection, clients));
        json.put("recoveryStatus", worst(clients, "recoveryStatus", RECOVERY_WORST_FIRST));
        parts.stream()
                .map(part -> part.json().path("connectedSince"))
                .filter(JsonNode::isTextual)
                .min(Comparator.comparing(JsonNode::textValue))
                .ifPresent(since -> json.set("connectedSince", since));
        for (String part : List.of("clientStatus", "sourceStatus", "targetStatus")) {
            json.putArray(part).addAll(all(parts, part));
        }
        List<JsonNode> tunnels = all(parts, "sshTunnelStatus");
        if (!tunnels.isEmpty()) {
            json.putArray("sshTunnelStatus").addAll(tunnels);
        }
        return json;
    }

    private static String liveStatus(Connection connection, List<JsonNode> clients) {
        if (clients.isEmpty()) {
            boolean wanted = connection.status() == ConnectionStatus.OPEN;
            return (wanted ? ConnectionStatus.UNKNOWN : ConnectionStatus.CLOSED).wireName();
        }
        return worst(clients, "status", STATUS_WORST_FIRST);
    }

    private static String worst(List<JsonNode> clients, String field, List<String> worstFirst) {
        return clients.stream()
                .map(client -> client.path(field).asText())
                .filter(worstFirst::contains)
                .min(Comparator.comparingInt(worstFirst::indexOf))
                .orElse("unknown");
    }

    private static ObjectNode metrics(Connection connection, List<ReportPart> parts) {
        ObjectNode json = answer("retrieveConnectionMetrics", connection);
        ObjectNode sources = sum(parts, "sources");
        ObjectNode targets = sum(parts, "targets");
        ObjectNode both = json.putObject("connectionMetrics");
        boolean closed = parts.isEmpty();
        both.set("inbound", closed ? null : total(sources, MetricType.INBOUND));
        both.set("outbound", closed ? null : total(targets, MetricType.OUTBOUND));
        json.put("containsFailures", containsFailures(both));
        json.putObject("sourceMetrics").set("addressMetrics", closed ? null : sources);
        json.putObject("targetMetrics").set("addressMetrics", closed ? null : targets);
        ObjectNode outcomes = sum(parts, "outcomes");
        if (!outcomes.isEmpty()) {
            // Ours, and no part of the report of a connection that nothing came through.
            json.set("outcomes", outcomes);
        }
        return json;
    }

    private static ObjectNode sum(List<ReportPart> parts, String group) {
        ObjectNode sum = JsonNodeFactory.instance.objectNode();
        for (ReportPart part : parts) {
            add(sum, part.json().path(group));
        }
        return sum;
    }

    private static ObjectNode total(ObjectNode addresses, List<MetricType> types) {
        ObjectNode sum = JsonNodeFactory.instance.objectNode();
        for (MetricType type : types) {
            ObjectNode none = sum.putObject(type.wireName());
            none.set("success", new SlidingCounter().toJson(Instant.EPOCH));
            none.set("failure", new SlidingCounter().toJson(Instant.EPOCH));
        }
        addresses.forEach(address -> add(sum, address));
        return sum;
    }

    /** Adds numbers, keeps the later of two times, and goes into objects. */
    private static void add(ObjectNode sum, JsonNode other) {
        for (var field : other.properties()) {
            JsonNode mine = sum.get(field.getKey());
            JsonNode theirs = field.getValue();
            if (theirs.isObject()) {
                add(mine instanceof ObjectNode o ? o : sum.putObject(field.getKey()), theirs);
            } else if (mine == null || mine.isNull()) {
                sum.set(field.getKey(), theirs);
            } else if (theirs.isNumber()) {
                sum.put(field.getKey(), mine.longValue() + theirs.longValue());
            } else if (theirs.isTextual() && theirs.textValue().compareTo(mine.textValue()) > 0) {
                sum.set(field.getKey(), theirs);
            }
        }
    }

    private static boolean containsFailures(ObjectNode connectionMetrics) {
        for (JsonNode failure : connectionMetrics.findValues("failure")) {
            if (failure.path("PT24H").asLong() > 0) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode logs(Connection connection, List<ReportPart> parts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("connectionId", connection.id());
        List<JsonNode> entries = all(parts, "connectionLogs");
        entries.sort(Comparator.comparing(entry -> entry.path("timestamp").asText()));
        ArrayNode array = json.putArray("connectionLogs");
        entries.forEach(array::add);
        for (String time : List.of("enabledSince", "enabledUntil")) {
            parts.stream()
                    .map(part -> part.json().path(time))
                    .filter(JsonNode::isTextual)
                    .findFirst()
                    .ifPresent(value -> json.set(time, value));
        }
        return json;
    }

    private static ObjectNode answer(String command, Connection connection) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "connectivity.responses:" + command);
        json.put("status", 200);
        json.put("connectionId", connection.id());
        return json;
    }

    private static List<JsonNode> all(List<ReportPart> parts, String array) {
        List<JsonNode> all = new ArrayList<>();
        parts.forEach(part -> part.json().path(array).forEach(all::add));
        return all;
    }
}
