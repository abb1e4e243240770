package org.patchbay.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;

/** The main job: a device publishes, a script maps, the twin changes, the event leaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagePathIT {

    private static final String NAMESPACE = "org.example.path";
    private static final String READING = "{\"temp\":\"23.42 °C\",\"hum\":78}";

    private static final String SCRIPT =
            """
            function mapToDittoProtocolMsg(headers, textPayload, bytePayload, contentType) {
              const reading = JSON.parse(textPayload);
              return Ditto.buildDittoProtocolMsg('org.example.path', headers['mqtt.topic'].split('/')[2],
                'things', 'twin', 'commands', 'modify', '/attributes/climate', headers,
                { temperature: parseFloat(reading.temp), humidity: reading.hum });
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
    void a_reading_becomes_an_attribute_of_the_twin_and_an_event_on_another_topic() {
        product.put(Product.USER, "/api/2/policies/" + NAMESPACE + ":policy", Fixtures.POLICY);
        product.put(
                Product.USER,
                "/api/2/things/" + NAMESPACE + ":sensor",
                Fixtures.thing(NAMESPACE + ":policy"));
        product.open(
                "path-in", Fixtures.source("mqtt", broker.uri(), "path/in/+", SCRIPT).toString());
        product.open(
                "path-out",
                Fixtures.target("mqtt-5", broker.uri(), "path/out/{{ thing:name }}", NAMESPACE)
                        .toString());

        try (MqttProbe application = MqttProbe.listening(broker, "path/out/#");
                MqttProbe device = MqttProbe.at(broker)) {
            device.publish("path/in/sensor", READING, 1);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(application.received()).hasSize(1));
            assertThat(application.received().getFirst().getTopic()).hasToString("path/out/sensor");
            JsonNode event = parsed(application.payloads().getFirst());
            assertThat(event.path("topic").asText())
                    .isEqualTo("org.example.path/sensor/things/twin/events/created");
            assertThat(event.path("path").asText()).isEqualTo("/attributes/climate");
            assertThat(event.path("revision").asLong()).isEqualTo(2);
            assertThat(event.path("value"))
                    .isEqualTo(parsed("{\"temperature\":23.42,\"humidity\":78}"));
        }

        JsonNode twin =
                product.get(Product.USER, "/api/2/things/" + NAMESPACE + ":sensor/attributes");
        assertThat(twin).isEqualTo(parsed("{\"climate\":{\"temperature\":23.42,\"humidity\":78}}"));
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
