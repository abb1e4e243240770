package org.patchbay.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;

/** What a crash may not lose. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {

    private static final int MESSAGES = 1000;
    private static final int THINGS = 10;
    private static final int HEARD_BEFORE_THE_CRASH = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String NAMESPACE = "org.example.crash";
    private static final String LABEL = "crash-out:left";

    /** A message is its number; the thing is the last level of the topic. */
    private static final String SCRIPT =
            """
            function mapToDittoProtocolMsg(headers, textPayload, bytePayload, contentType) {
              return Ditto.buildDittoProtocolMsg('org.example.crash', headers['mqtt.topic'].split('/')[2],
                'things', 'twin', 'commands', 'modify', '/attributes/m' + textPayload, headers,
                parseInt(textPayload));
            }
            """;

    private EmbeddedMqttBroker broker;
    private Product product;

    @BeforeAll
    void startEverything() {
        broker = EmbeddedMqttBroker.started();
        product = Product.started();
    }

    @AfterAll
    void stopEverything() {
        if (product != null) {
            product.close();
        }
        broker.close();
    }

    @Test
    void every_message_is_in_its_twin_and_every_event_has_left_after_a_crash() {
        setUp();
        try (MqttProbe application = MqttProbe.listening(broker, "crash/out/#")) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(this::sendAll);
            Awaitility.await("events leave")
                    .atMost(PATIENCE)
                    .until(() -> application.received().size() >= HEARD_BEFORE_THE_CRASH);
            assertThat(numbersIn(application)).as("in the middle").hasSizeLessThan(MESSAGES);

            product.kill();
            product.start();

            // Nobody opens them: they were open when the process died.
            product.awaitOpen("crash-in");
            product.awaitOpen("crash-out");
            sent.join();
            Set<Integer> all = IntStream.range(0, MESSAGES).boxed().collect(Collectors.toSet());
            Awaitility.await("all are in the twins")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(numbersInTheTwins()).isEqualTo(all));
            Awaitility.await("all events have left")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(numbersIn(application)).isEqualTo(all));
        }
    }

    private void setUp() {
        product.put(Product.USER, "/api/2/policies/" + NAMESPACE + ":policy", Fixtures.POLICY);
        for (int thing = 0; thing < THINGS; thing++) {
            product.put(
                    Product.USER,
                    "/api/2/things/" + NAMESPACE + ":d" + thing,
                    Fixtures.thing(NAMESPACE + ":policy"));
        }
        ObjectNode target =
                Fixtures.target("mqtt-5", broker.uri(), "crash/out/{{ thing:name }}", NAMESPACE);
        Fixtures.issueAcknowledgement(target, LABEL);
        product.open("crash-out", target.toString());
        ObjectNode source = Fixtures.source("mqtt", broker.uri(), "crash/in/+", SCRIPT);
        Fixtures.requestAcknowledgements(source, List.of(LABEL));
        product.open("crash-in", source.toString());
    }

    private void sendAll() {
        try (MqttProbe device = MqttProbe.at(broker)) {
            for (int number = 0; number < MESSAGES; number++) {
                device.publish("crash/in/d" + number % THINGS, String.valueOf(number), 1);
            }
        }
    }

    private static Set<Integer> numbersIn(MqttProbe application) {
        return application.payloads().stream()
                .map(event -> parsed(event).path("path").asText())
                .filter(path -> path.startsWith("/attributes/m"))
                .map(path -> Integer.parseInt(path.substring("/attributes/m".length())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<Integer> numbersInTheTwins() {
        Set<Integer> numbers = new TreeSet<>();
        for (int thing = 0; thing < THINGS; thing++) {
            JsonNode twin =
                    product.get(
                            Product.USER,
                            "/api/2/things/" + NAMESPACE + ":d" + thing + "?fields=attributes");
            twin.path("attributes").forEach(value -> numbers.add(value.asInt()));
        }
        return numbers;
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
