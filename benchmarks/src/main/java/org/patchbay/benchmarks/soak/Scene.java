package org.patchbay.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.patchbay.benchmarks.Api;

/**
 * Things, a connection that brings commands to them, and two that carry their events away: one over
 * the slow way, one as its neighbour.
 */
final class Scene {

    static final String IN = "soak/in";
    static final String OUT = "soak/out";

    private static final int THINGS = 100;
    private static final int OPEN_MAX_MS = 30_000;
    private static final String CONNECTIONS = "/api/2/connections/";
    private static final String SLOW_LABEL = "soak-slow:out";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String POLICY =
            """
            {"entries": {"all": {
              "subjects": {"nginx:ditto": {"type": "the user"}, "soak:in": {"type": "source"}, "soak:out": {"type": "targets"}},
              "resources": {"policy:/": {"grant": ["READ", "WRITE"], "revoke": []},
                            "thing:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
            """;

    private final Api api;

    Scene(Api api) {
        this.api = api;
    }

    /**
     * @param acknowledged whether the source requests what the slow target acknowledges
     */
    void open(int brokerPort, int slowPort, boolean acknowledged) throws InterruptedException {
        put("/api/2/policies/org.soak:policy", POLICY);
        for (int n = 0; n < THINGS; n++) {
            put(
                    "/api/2/things/org.soak:thing-" + n,
                    "{\"policyId\": \"org.soak:policy\", \"attributes\": {\"reading\": -1}}");
        }
        put(
                CONNECTIONS + "soak-slow",
                target(
                        slowPort,
                        "slow",
                        ", \"issuedAcknowledgementLabel\": \"" + SLOW_LABEL + "\""));
        put(CONNECTIONS + "soak-neighbour", target(brokerPort, "neighbour", ""));
        awaitOpen("soak-slow");
        awaitOpen("soak-neighbour");
        put(CONNECTIONS + "soak-in", source(brokerPort, acknowledged));
        awaitOpen("soak-in");
    }

    private static String source(int port, boolean acknowledged) {
        String requests =
                acknowledged
                        ? ", \"acknowledgementRequests\": {\"includes\": [\"" + SLOW_LABEL + "\"]}"
                        : "";
        return """
        {"connectionType": "mqtt", "connectionStatus": "open", "uri": "tcp://127.0.0.1:%d",
         "sources": [{"addresses": ["%s"], "authorizationContext": ["soak:in"], "qos": 1,
                      "replyTarget": {"enabled": false}%s}]}
        """
                .formatted(port, IN, requests);
    }

    private static String target(int port, String name, String more) {
        return """
        {"connectionType": "mqtt", "connectionStatus": "open", "uri": "tcp://127.0.0.1:%d",
         "targets": [{"address": "%s/%s/{{ thing:name }}", "topics": ["_/_/things/twin/events?namespaces=org.soak"],
                      "authorizationContext": ["soak:out"], "qos": 1%s}]}
        """
                .formatted(port, OUT, name, more);
    }

    /** A command that says which one it is. */
    static String command(int number) {
        return """
        {"topic":"org.soak/thing-%d/things/twin/commands/modify","headers":{"response-required":false},\
        "path":"/attributes/reading","value":%d}\
        """
                .formatted(number % THINGS, number);
    }

    /** How often something happened in the last hour to a connection's messages of a direction. */
    long count(String connection, String direction, String type, String outcome) {
        try {
            JsonNode metrics = JSON.readTree(api.get(CONNECTIONS + connection + "/metrics"));
            return metrics.path("connectionMetrics")
                    .path(direction)
                    .path(type)
                    .path(outcome)
                    .path("PT1H")
                    .asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(String path, String body) {
        api.call("PUT", path, "application/json", body);
    }

    private void awaitOpen(String connection) throws InterruptedException {
        String path = CONNECTIONS + connection + "/status";
        for (int waited = 0; waited < OPEN_MAX_MS; waited += 50) {
            if (api.get(path).contains("\"liveStatus\":\"open\"")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException(connection + " does not open: " + api.get(path));
    }
}
