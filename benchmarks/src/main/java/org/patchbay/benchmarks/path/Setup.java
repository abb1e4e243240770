package org.patchbay.benchmarks.path;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.patchbay.benchmarks.Api;

/** Sets a scenario up over HTTP: a policy, things, and two connections, in and out. */
public final class Setup {

    private static final int OPEN_MAX_MS = 30_000;

    private static final String POLICY =
            """
            {"entries": {"all": {
              "subjects": {"nginx:ditto": {"type": "the user"}, "figures:in": {"type": "source"}, "figures:out": {"type": "target"}},
              "resources": {
                "policy:/": {"grant": ["READ", "WRITE"], "revoke": []},
                "thing:/": {"grant": ["READ", "WRITE"], "revoke": []},
                "message:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
            """;

    private final Api api;

    public Setup(Api api) {
        this.api = api;
    }

    /** With connections over MQTT. */
    void open(Scenario scenario, int brokerPort) throws InterruptedException {
        open(scenario, source(scenario, brokerPort), target(scenario, brokerPort));
    }

    /**
     * @param in the connection with the source, whose subject is {@code figures:in}
     * @param out the one with the target, whose subject is {@code figures:out}
     */
    public void open(Scenario scenario, String in, String out) throws InterruptedException {
        put("/api/2/policies/" + scenario.namespace() + ":policy", POLICY);
        IntStream.range(0, scenario.things())
                .parallel()
                .forEach(n ->
                        put(
                                "/api/2/things/" + scenario.namespace() + ":thing-" + n,
                                thing(scenario, n)));
        put(out(scenario), out);
        put(in(scenario), in);
        awaitOpen(out(scenario));
        awaitOpen(in(scenario));
    }

    public void close(Scenario scenario) {
        api.call("DELETE", in(scenario), "application/json", "");
        api.call("DELETE", out(scenario), "application/json", "");
    }

    private static String in(Scenario scenario) {
        return "/api/2/connections/" + scenario.name() + "-in";
    }

    private static String out(Scenario scenario) {
        return "/api/2/connections/" + scenario.name() + "-out";
    }

    private static String source(Scenario scenario, int brokerPort) {
        boolean scripted = scenario.kind() == Scenario.Kind.SCRIPT;
        String mapping =
                scripted
                        ? """
                        , "mappingDefinitions": {"reading": {"mappingEngine": "JavaScript", "options": {"incomingScript": "%s"}}}\
                        """
                                .formatted(quoted(script(scenario)))
                        : "";
        return """
        {"connectionType": "mqtt", "connectionStatus": "open", "uri": "tcp://127.0.0.1:%d",
         "sources": [{"addresses": ["%s/in/+"], "authorizationContext": ["figures:in"], "qos": %d,
                      "payloadMapping": [%s], "replyTarget": {"enabled": false}}]%s}
        """
                .formatted(
                        brokerPort,
                        scenario.name(),
                        scenario.qos(),
                        scripted ? "\"reading\"" : "",
                        mapping);
    }

    private static String target(Scenario scenario, int brokerPort) {
        String signals = scenario.kind() == Scenario.Kind.LIVE ? "live/messages" : "twin/events";
        return """
        {"connectionType": "mqtt", "connectionStatus": "open", "uri": "tcp://127.0.0.1:%d",
         "targets": [{"address": "%s/out/{{ thing:name }}", "topics": ["_/_/things/%s?namespaces=%s"],
                      "authorizationContext": ["figures:out"], "qos": %d}]}
        """
                .formatted(
                        brokerPort, scenario.name(), signals, scenario.namespace(), scenario.qos());
    }

    private void put(String path, String body) {
        api.call("PUT", path, "application/json", body);
    }

    private void awaitOpen(String connection) throws InterruptedException {
        for (int waited = 0; waited < OPEN_MAX_MS; waited += 50) {
            if (api.get(connection + "/status").contains("\"liveStatus\":\"open\"")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException(
                connection + " does not open: " + api.get(connection + "/status"));
    }

    private static String thing(Scenario scenario, int n) {
        return """
        {"policyId": "%s:policy",
         "attributes": {"manufacturer": "ACME", "location": {"room": "boiler room", "floor": -1}, "serial": "4711-%d"},
         "features": {"meter": {"properties": {"reading": 0, "unit": "kWh"}},
                      "pump": {"properties": {"on": true, "pressure": 1.7}}}}
        """
                .formatted(scenario.namespace(), n);
    }

    private static String script(Scenario scenario) {
        return """
        function mapToDittoProtocolMsg(headers, textPayload, bytePayload, contentType) {
          var reading = JSON.parse(textPayload);
          var thing = headers['mqtt.topic'].split('/')[2];
          return Ditto.buildDittoProtocolMsg('%s', thing, 'things', 'twin', 'commands', 'modify',
            '/features/meter/properties/reading', {'response-required': false},
            {temperature: parseFloat(reading.temp), humidity: reading.hum, value: reading.value});
        }
        """
                .formatted(scenario.namespace());
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
