package org.patchbay.connectivity.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import com.typesafe.config.ConfigFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker.Greeting;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.LinkContract;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportContract;
import org.patchbay.protocol.header.Headers;

/** What a broker is told of a link, and what it does with it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MqttLinksIT {

    private static final int PACKET_BYTES_MAX = 2_000;

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "mqtt");
    private EmbeddedMqttBroker broker;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedMqttBroker.startedTaking(PACKET_BYTES_MAX);
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        broker.close();
    }

    @Test
    void mqtt_5_says_all_that_is_configured() {
        String id = LinkContract.unique();
        Transport transport =
                transport(
                        """
                        ditto.connectivity.connection.mqtt {
                          session-expiry-interval = 90s, receive-maximum-client = 33
                        }
                        """);

        connected(transport, ConnectionType.MQTT_5, options(id)).close();

        assertThat(greetings(id))
                .containsExactly(
                        new Greeting(
                                id,
                                "V_5",
                                false,
                                90,
                                30,
                                33,
                                "gone/" + id + ", QoS 2, retained: bye"));
    }

    @Test
    void mqtt_3_says_all_that_it_has_words_for() {
        String id = LinkContract.unique();

        connected(transport(""), ConnectionType.MQTT, options(id)).close();

        assertThat(greetings(id))
                .singleElement()
                .satisfies(greeting -> {
                    assertThat(greeting.version()).isEqualTo("V_3_1_1");
                    assertThat(greeting.cleanStart()).isFalse();
                    assertThat(greeting.keepAliveSeconds()).isEqualTo(30);
                    assertThat(greeting.will()).isEqualTo("gone/" + id + ", QoS 2, retained: bye");
                });
    }

    private static Map<String, String> options(String id) {
        return Map.of(
                "clientId", id,
                "keepAlive", "30s",
                "lastWillTopic", "gone/" + id,
                "lastWillMessage", "bye",
                "lastWillQos", "2",
                "lastWillRetain", "true");
    }

    @ParameterizedTest
    @CsvSource({"MQTT, true", "MQTT, false", "MQTT_5, true", "MQTT_5, false"})
    void a_session_that_is_not_to_be_kept_is_not(ConnectionType type, boolean cleanSession) {
        String topic = LinkContract.unique();
        Connection connection =
                MqttConnections.connection(
                        topic,
                        type,
                        broker.uri(),
                        Map.of("cleanSession", String.valueOf(cleanSession)),
                        MqttConnections.source(1, List.of(topic)));
        consuming(connection).close();
        try (MqttProbe device = MqttProbe.at(broker)) {
            device.publish(topic, "while away", 1);

            try (LinkUnderTest link = consuming(connection)) {
                device.publish(topic, "while there", 1);

                patiently().until(() -> link.payloads().contains("while there"));
                assertThat(link.payloads().contains("while away")).isEqualTo(!cleanSession);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void a_publisher_of_its_own_has_an_id_of_its_own_and_neither_session_nor_will(
            ConnectionType type) {
        String id = LinkContract.unique();
        Map<String, String> options =
                Map.of(
                        "separatePublisherClient", "true",
                        "publisherId", id + "-out",
                        "lastWillTopic", "gone");

        connected(transport(""), type, options, id).close();

        assertThat(greetings(id)).extracting(Greeting::cleanStart).containsExactly(false);
        assertThat(greetings(id + "-out"))
                .singleElement()
                .satisfies(greeting -> {
                    assertThat(greeting.cleanStart()).isTrue();
                    assertThat(greeting.sessionExpirySeconds()).isZero();
                    assertThat(greeting.will()).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void a_last_will_stays_retained_with_the_broker_and_an_orderly_end_publishes_none(
            ConnectionType type) {
        String id = LinkContract.unique();
        try (MqttProbe application = MqttProbe.listening(broker, "gone/" + id)) {

            connected(transport(""), type, options(id)).close();
            LinkUnderTest taken = connected(transport(""), type, options(id));
            assertThat(application.received()).isEmpty();
            LinkUnderTest taker = connected(transport(""), type, options(id));

            patiently()
                    .untilAsserted(() -> assertThat(application.payloads()).containsExactly("bye"));
            patiently().until(() -> taken.lost().size() == 1);
            try (MqttProbe later = MqttProbe.listening(broker, "gone/" + id)) {
                patiently().untilAsserted(() -> assertThat(later.payloads()).contains("bye"));
                assertThat(later.received().getFirst().isRetain()).isTrue();
            }
            taker.close();
        }
    }

    /** An MQTT 3.1.1 broker has no words for it, and ends the link. */
    @Test
    void a_message_that_is_too_large_for_the_broker_is_refused_for_good() {
        String topic = LinkContract.unique();
        try (MqttProbe application = MqttProbe.listening(broker, topic);
                LinkUnderTest link = connected(transport(""), ConnectionType.MQTT_5, Map.of())) {

            PublishResult refused =
                    done(
                            link.client()
                                    .publish(
                                            LinkContract.outbound(
                                                    topic, "x".repeat(PACKET_BYTES_MAX))));
            PublishResult taken =
                    done(link.client().publish(LinkContract.outbound(topic, "small enough")));

            assertThat(refused.status()).isEqualTo(413);
            assertThat(String.valueOf(refused.value())).contains(String.valueOf(PACKET_BYTES_MAX));
            assertThat(taken.status()).isEqualTo(200);
            patiently().until(() -> !application.received().isEmpty());
            assertThat(application.payloads()).containsExactly("small enough");
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void how_a_message_is_published_need_not_be_published_with_it() {
        String topic = LinkContract.unique();
        Transport transport =
                transport("ditto.devops.feature.preserve-known-mqtt-headers-enabled = false");
        Headers headers =
                Headers.EMPTY
                        .with("mqtt.topic", topic)
                        .with("mqtt.qos", "1")
                        .with("mqtt.retain", "false")
                        .with("own", "value");
        try (MqttProbe application = MqttProbe.listening(broker, topic);
                LinkUnderTest link = connected(transport, ConnectionType.MQTT_5, Map.of())) {

            done(
                    link.client()
                            .publish(
                                    new Outbound(
                                            "overridden",
                                            headers,
                                            ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8)),
                                            0)));

            patiently().until(() -> application.received().size() == 1);
            assertThat(application.received().getFirst().getUserProperties().asList())
                    .extracting(one -> one.getName() + "=" + one.getValue())
                    .containsExactly("own=value");
        }
    }

    private LinkUnderTest consuming(Connection connection) {
        return LinkUnderTest.consuming(
                system, transport(""), connection, TransportContract.settled());
    }

    private LinkUnderTest connected(
            Transport transport, ConnectionType type, Map<String, String> options) {
        return connected(transport, type, options, LinkContract.unique());
    }

    private LinkUnderTest connected(
            Transport transport, ConnectionType type, Map<String, String> options, String id) {
        return LinkUnderTest.connected(
                system, transport, MqttConnections.connection(id, type, broker.uri(), options));
    }

    private List<Greeting> greetings(String clientId) {
        return broker.greetings().stream().filter(it -> it.clientId().equals(clientId)).toList();
    }

    private static Transport transport(String settings) {
        return new MqttTransport(
                MqttConfig.of(
                        ConfigFactory.parseString(settings)
                                .withFallback(ConfigFactory.load())
                                .resolve()));
    }
}
