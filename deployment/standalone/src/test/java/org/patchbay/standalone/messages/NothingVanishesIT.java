package org.patchbay.standalone.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.standalone.RunningSystem;

/**
 * Random messages through a real broker and real twins, while the broker restarts and the
 * connection is closed and opened: what came of each is known.
 */
@ExtendWith(RunningSystem.Shared.class)
class NothingVanishesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED =
            Long.getLong("patchbay.test.seed", System.currentTimeMillis() / 86_400_000);
    private static final int MESSAGES = 240;
    private static final int DEVICES = 4;
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)|/attributes/r(\\d+)");

    /** What a device may send, and what must come of it. */
    private enum Kind {
        /** Becomes an attribute of its twin, and an event. */
        READING,
        /** Is dropped by the script, which gives null. */
        NOISE,
        /** Breaks the script. */
        BROKEN,
        /** Speaks for another device. */
        FORGED,
        /** Of a thing that does not exist. */
        UNKNOWN,
        /** Of a thing that the connection may only read. */
        DENIED;

        boolean isDeadLetter() {
            return this != READING && this != NOISE;
        }
    }

    private static final String SCRIPT =
            """
            function mapToDittoProtocolMsg(headers, text, bytes, contentType) {
              var reading = JSON.parse(text);
              if (reading.noise) { return null; }
              if (reading.broken) { throw new Error('broken'); }
              return Ditto.buildDittoProtocolMsg('org.patchbay.account', reading.device, 'things', 'twin',
                'commands', 'modify', '/attributes/r' + reading.n, {'response-required': false}, reading.n);
            }
            """;

    private static final String SOURCE =
            """
            "mappingDefinitions": {"reading": {"mappingEngine": "JavaScript", "options": {"incomingScript": %s}}},
            "sources": [{"addresses": ["account/in/#"], "authorizationContext": ["patchbay:account"], "qos": 1,
              "payloadMapping": ["reading"], "replyTarget": {"enabled": false},
              "enforcement": {"input": "{{ source:address }}", "filters": ["account/in/{{ thing:name }}"]}}]
            """
                    .formatted(TextNode.valueOf(SCRIPT));

    /** The second one can't publish: its QoS is none. */
    private static final String TARGETS =
            """
            "targets": [
              {"address": "account/events/{{ thing:name }}", "authorizationContext": ["patchbay:account"], "qos": 1,
               "topics": ["_/_/things/twin/events?namespaces=org.patchbay.account"]},
              {"address": "account/refused", "authorizationContext": ["patchbay:account"], "qos": 1,
               "topics": ["_/_/things/twin/events?namespaces=org.patchbay.account"],
               "headerMapping": {"mqtt.qos": "{{ resource:path }}"}}]
            """;

    private static final List<String> CONNECTIONS = List.of("account-in", "account-out");
    private static final String OWNER = "nginx:owner";

    private final RunningSystem system;
    private final Random random = new Random(SEED);
    private final Map<Integer, Kind> sent = new LinkedHashMap<>();

    NothingVanishesIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void every_message_arrives_or_is_dropped_on_purpose_or_becomes_a_dead_letter()
            throws Exception {
        try (EmbeddedMqttBroker broker = EmbeddedMqttBroker.started();
                PatientProbe events = new PatientProbe(broker).listen("account/events/#");
                PatientProbe deadLetters = new PatientProbe(broker).listen("account/dead/#");
                PatientProbe device = new PatientProbe(broker)) {
            // Given
            setUp(broker);

            // When
            send(device, MESSAGES / 3);
            broker.stop();
            broker.start();
            send(device, MESSAGES / 3);
            command("connectivity.commands:closeConnection");
            send(device, MESSAGES / 6);
            command("connectivity.commands:openConnection");
            send(device, MESSAGES / 6);

            // Then
            Awaitility.await("seed " + SEED)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertNothingMissing(events, deadLetters));
            assertInOrderForEachThing(events);
            assertThat(kept(deadLetters, "mapping-failed"))
                    .as("seed %s: dead letters of mapping", SEED)
                    .isEqualTo(numbers(Kind.BROKEN));
            assertThat(kept(deadLetters, "publishing-failed"))
                    .as("seed %s: dead letters of the target that can't publish", SEED)
                    .containsAll(numbers(Kind.READING));
            Awaitility.await("seed " + SEED)
                    .atMost(PATIENCE)
                    .untilAsserted(this::assertCountersReconcile);
        } finally {
            for (String connection : CONNECTIONS) {
                system.send("DELETE", "/api/2/connections/" + connection, "");
            }
        }
    }

    private void setUp(EmbeddedMqttBroker broker) throws Exception {
        put("/api/2/policies/org.patchbay.account:open", policy("[\"READ\",\"WRITE\"]"));
        put("/api/2/policies/org.patchbay.account:shut", policy("[\"READ\"]"));
        for (int i = 0; i < DEVICES; i++) {
            put("/api/2/things/org.patchbay.account:d" + i, thing("open"));
        }
        put("/api/2/things/org.patchbay.account:denied", thing("shut"));
        // Two of them, for what comes in through a connection does not leave by it.
        put("/api/2/connections/account-in", connection(broker, SOURCE));
        put("/api/2/connections/account-out", connection(broker, TARGETS));
        awaitOpen();
    }

    private void awaitOpen() {
        for (String connection : CONNECTIONS) {
            Awaitility.await(connection)
                    .atMost(PATIENCE)
                    .until(() ->
                            system.send("GET", "/api/2/connections/" + connection + "/status", "")
                                    .body()
                                    .contains("\"liveStatus\":\"open\""));
        }
    }

    private void send(PatientProbe device, int messages) {
        for (int i = 0; i < messages; i++) {
            int n = sent.size();
            Kind kind = random.nextInt(3) > 0 ? Kind.READING : oneOf(Kind.values());
            sent.put(n, kind);
            String name =
                    switch (kind) {
                        case UNKNOWN -> "nobody";
                        case DENIED -> "denied";
                        default -> "d" + random.nextInt(DEVICES);
                    };
            String topic = "account/in/" + (kind == Kind.FORGED ? "somebody-else" : name);
            device.publish(
                    topic,
                    "{\"device\":\"%s\",\"n\":%d,\"noise\":%b,\"broken\":%b}"
                            .formatted(name, n, kind == Kind.NOISE, kind == Kind.BROKEN));
        }
    }

    private Kind oneOf(Kind... kinds) {
        return kinds[random.nextInt(kinds.length)];
    }

    private void assertNothingMissing(PatientProbe events, PatientProbe deadLetters) {
        Set<Integer> published = new LinkedHashSet<>();
        events.received().forEach(event -> published.add(number(event)));
        assertThat(published).as("events, seed %s", SEED).isEqualTo(numbers(Kind.READING));
        Set<Integer> lost = new LinkedHashSet<>();
        sent.forEach((n, kind) -> {
            if (kind.isDeadLetter()) {
                lost.add(n);
            }
        });
        Set<Integer> kept = new LinkedHashSet<>();
        deadLetters.received().stream()
                .filter(letter -> !"publishing-failed".equals(header(letter, "reason")))
                .forEach(letter -> kept.add(number(letter)));
        assertThat(kept).as("dead letters, seed %s", SEED).isEqualTo(lost);
        assertThat(kept(deadLetters, "publishing-failed"))
                .as("seed %s", SEED)
                .containsAll(numbers(Kind.READING));
    }

    /** Each comes at least once; what comes first of each is in the order of sending. */
    private static void assertInOrderForEachThing(PatientProbe events) {
        Map<String, Set<Integer>> byThing = new LinkedHashMap<>();
        events.received()
                .forEach(event ->
                        byThing.computeIfAbsent(
                                        event.getTopic().toString(), _ -> new LinkedHashSet<>())
                                .add(number(event)));
        byThing.forEach((thing, numbers) ->
                Assertions.assertThat(new ArrayList<>(numbers))
                        .as("%s, seed %s", thing, SEED)
                        .isSorted());
    }

    private void assertCountersReconcile() throws Exception {
        JsonNode in = outcomes("account-in").path("sources");
        assertThat(in.path("consumed").asLong()).as("seed %s", SEED).isPositive();
        assertThat(sum(in, "dispatched", "dropped", "failed", "inFlight"))
                .isEqualTo(in.path("consumed").asLong());
        assertThat(in.path("inFlight").asLong()).isZero();
        JsonNode out = outcomes("account-out").path("targets");
        assertThat(out.path("arrived").asLong()).as("seed %s", SEED).isPositive();
        assertThat(sum(out, "published", "filtered", "dropped", "failed", "inFlight"))
                .isEqualTo(out.path("arrived").asLong());
        assertThat(out.path("inFlight").asLong()).isZero();
    }

    private JsonNode outcomes(String connection) throws Exception {
        String path = "/api/2/connections/" + connection + "/metrics";
        return RunningSystem.json(system.send("GET", path, "").body()).path("outcomes");
    }

    private static long sum(JsonNode json, String... fields) {
        return List.of(fields).stream().mapToLong(field -> json.path(field).asLong()).sum();
    }

    private Set<Integer> numbers(Kind kind) {
        Set<Integer> numbers = new LinkedHashSet<>();
        sent.forEach((n, one) -> {
            if (one == kind) {
                numbers.add(n);
            }
        });
        return numbers;
    }

    private static Set<Integer> kept(PatientProbe deadLetters, String reason) {
        Set<Integer> numbers = new LinkedHashSet<>();
        deadLetters.received().stream()
                .filter(letter -> reason.equals(header(letter, "reason")))
                .forEach(letter -> numbers.add(number(letter)));
        return numbers;
    }

    private static String header(Mqtt5Publish letter, String name) {
        return letter.getUserProperties().asList().stream()
                .filter(one -> one.getName().toString().equals("dead-letter-" + name))
                .map(one -> one.getValue().toString())
                .findFirst()
                .orElse("none");
    }

    private static int number(Mqtt5Publish message) {
        String text = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
        Matcher matcher = NUMBER.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Integer.parseInt(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }

    private void command(String command) throws Exception {
        var answer =
                system.send(
                        "POST",
                        "/api/2/connections/account-in/command",
                        command,
                        "content-type",
                        "text/plain");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void put(String path, String body) throws Exception {
        var answer =
                system.send(
                        "PUT",
                        path,
                        body,
                        "content-type",
                        "application/json",
                        "x-ditto-pre-authenticated",
                        OWNER);
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 204);
    }

    private static String policy(String granted) {
        return """
        {"entries": {
          "owner": {"subjects": {"nginx:owner": {"type": "the user"}},
            "resources": {"thing:/": {"grant": ["READ","WRITE"], "revoke": []},
              "policy:/": {"grant": ["READ","WRITE"], "revoke": []}}},
          "devices": {"subjects": {"patchbay:account": {"type": "connection"}},
            "resources": {"thing:/": {"grant": %s, "revoke": []}}}}}
        """
                .formatted(granted);
    }

    private static String thing(String policy) {
        return "{\"policyId\": \"org.patchbay.account:%s\", \"attributes\": {}}".formatted(policy);
    }

    private static String connection(EmbeddedMqttBroker broker, String endpoints) {
        String json =
                """
                {"connectionType": "mqtt-5", "connectionStatus": "open", "uri": "%s",
                 "specificConfig": {"dead-letter-address": "account/dead/{{ dead-letter:reason }}"}, %s}
                """;
        return json.formatted(broker.uri(), endpoints);
    }
}
