package org.patchbay.connectivity.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
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
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkContract;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportContract;
import org.patchbay.protocol.header.Headers;

/** What is MQTT's own: properties, QoS, wildcards, a second link. A test says which broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MqttMessages {

    private static final int QOS0_WAITING_MAX = 1000;

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "mqtt");
    private final Transport transport = new MqttTransport(MqttConnections.config(65_535));
    private MqttBroker broker;

    abstract MqttBroker startBroker();

    @BeforeAll
    void startedBroker() {
        broker = startBroker();
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void properties_of_mqtt_5_come_in_as_headers() {
        String topic = unique();
        try (LinkUnderTest link = consuming(ConnectionType.MQTT_5, 2, topic);
                MqttProbe device = MqttProbe.at(broker)) {

            device.publish(
                    Mqtt5Publish.builder()
                            .topic(topic)
                            .qos(MqttQos.EXACTLY_ONCE)
                            .payload("{}".getBytes(StandardCharsets.UTF_8))
                            .contentType("application/json")
                            .responseTopic("answers/here")
                            .correlationData("corr-77".getBytes(StandardCharsets.UTF_8))
                            .userProperties(
                                    Mqtt5UserProperties.builder()
                                            .add("Device_Id", "D 1")
                                            .add("mqtt.topic", "feigned")
                                            .build())
                            .build());

            patiently().until(() -> link.received().size() == 1);
            assertThat(link.received().getFirst().headers())
                    .isEqualTo(
                            Headers.of(
                                    Map.of(
                                            "Device_Id", "D 1",
                                            "mqtt.topic", topic,
                                            "mqtt.qos", "2",
                                            "mqtt.retain", "false",
                                            "content-type", "application/json",
                                            "reply-to", "answers/here",
                                            "correlation-id", "corr-77")));
        }
    }

    @Test
    void a_message_of_mqtt_3_has_topic_qos_and_retain_flag_only() {
        String topic = unique();
        try (LinkUnderTest link = consuming(ConnectionType.MQTT, 1, topic);
                MqttProbe device = MqttProbe.at(broker)) {

            device.publish(topic, "x", 2);

            patiently().until(() -> link.received().size() == 1);
            assertThat(link.received().getFirst().headers())
                    .isEqualTo(
                            Headers.of(
                                    Map.of(
                                            "mqtt.topic", topic,
                                            "mqtt.qos", "1",
                                            "mqtt.retain", "false")));
        }
    }

    @Test
    void headers_go_out_as_properties_of_mqtt_5() {
        String topic = unique();
        Headers headers =
                Headers.EMPTY
                        .with("mqtt.topic", topic)
                        .with("mqtt.qos", "2")
                        .with("mqtt.retain", " TRUE ")
                        .with("mqtt.message-expiry-interval", "600")
                        .with("content-type", "application/json")
                        .with("reply-to", "answers/here")
                        .with("correlation-id", "corr-77")
                        .with("blank", "  ")
                        .with("own", "value");
        try (MqttProbe application = MqttProbe.listening(broker, topic);
                LinkUnderTest link = connected(ConnectionType.MQTT_5)) {

            var result = done(link.client().publish(outbound("overridden", headers, 0)));

            assertThat(result.status()).isEqualTo(200);
            patiently().until(() -> application.received().size() == 1);
            Mqtt5Publish message = application.received().getFirst();
            assertThat(message.getQos()).isEqualTo(MqttQos.EXACTLY_ONCE);
            assertThat(message.getContentType()).map(Object::toString).contains("application/json");
            assertThat(message.getResponseTopic()).map(Object::toString).contains("answers/here");
            assertThat(message.getCorrelationData())
                    .contains(ByteBuffer.wrap("corr-77".getBytes(StandardCharsets.UTF_8)));
            assertThat(message.getMessageExpiryInterval()).isPresent();
            assertThat(message.getUserProperties().asList())
                    .extracting(one -> one.getName() + "=" + one.getValue())
                    .containsExactly(
                            "mqtt.topic=" + topic, "mqtt.qos=2", "mqtt.retain=true", "own=value");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void a_retained_message_stays_with_the_broker(ConnectionType type) {
        String topic = unique();
        try (LinkUnderTest link = connected(type)) {
            Headers headers = Headers.EMPTY.with("mqtt.retain", "true");
            done(link.client().publish(outbound(topic, headers, 1)));

            try (LinkUnderTest later = consuming(type, 1, topic)) {
                patiently().until(() -> later.received().size() == 1);
                assertThat(later.received().getFirst().headers().get("mqtt.retain"))
                        .isEqualTo("true");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt.qos, 7",
        "mqtt.qos, x",
        "mqtt.retain, maybe",
        "mqtt.topic, a/#",
        "reply-to, a/+/b",
        "mqtt.message-expiry-interval, soon",
        "mqtt.message-expiry-interval, -1"
    })
    void a_header_that_mqtt_does_not_allow_keeps_the_message_back(String header, String value) {
        String topic = unique();
        try (MqttProbe application = MqttProbe.listening(broker, topic);
                LinkUnderTest link = connected(ConnectionType.MQTT_5)) {

            var refused =
                    done(
                            link.client()
                                    .publish(
                                            outbound(topic, Headers.EMPTY.with(header, value), 1)));
            done(link.client().publish(LinkContract.outbound(topic, "the only one")));

            assertThat(refused.status()).isEqualTo(400);
            patiently().until(() -> !application.received().isEmpty());
            assertThat(application.payloads()).containsExactly("the only one");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void wildcards_match_and_every_source_gets_its_own(ConnectionType type) {
        String prefix = unique();
        Connection connection =
                connection(
                        type,
                        Map.of(),
                        MqttConnections.source(1, List.of(prefix + "/+/temperature")),
                        MqttConnections.source(1, List.of(prefix + "/#")));
        try (LinkUnderTest link =
                        LinkUnderTest.consuming(
                                system, transport, connection, TransportContract.settled());
                MqttProbe device = MqttProbe.at(broker)) {

            device.publish(prefix + "/d1/temperature", "both", 1);
            device.publish(prefix + "/d1/humidity", "second", 1);

            patiently()
                    .untilAsserted(() ->
                            assertThat(link.payloads())
                                    .containsExactlyInAnyOrder("both", "both", "second"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void a_message_for_two_sources_is_acknowledged_when_both_have_settled_it(ConnectionType type) {
        String prefix = unique();
        Connection connection =
                connection(
                        type,
                        Map.of(),
                        MqttConnections.source(1, List.of(prefix + "/+")),
                        MqttConnections.source(1, List.of(prefix + "/#")));
        LinkUnderTest before =
                LinkUnderTest.consuming(system, transport, connection, message -> {});
        try (MqttProbe device = MqttProbe.at(broker)) {
            device.publish(prefix + "/a", "half settled", 1);
        }
        patiently().until(() -> before.received().size() == 2);
        before.received().getFirst().settlement().accept();
        before.close();

        LinkUnderTest after =
                LinkUnderTest.consuming(system, transport, connection, TransportContract.settled());

        patiently().until(() -> after.received().size() == 2);
        after.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void what_no_source_wants_any_more_is_dropped_and_reported(ConnectionType type) {
        String old = unique();
        String id = unique();
        LinkUnderTest.consuming(
                        system,
                        transport,
                        connection(id, type, Map.of(), MqttConnections.source(1, List.of(old))),
                        TransportContract.settled())
                .close();
        Connection changed =
                connection(id, type, Map.of(), MqttConnections.source(1, List.of(unique())));
        try (LinkUnderTest link =
                        LinkUnderTest.consuming(
                                system, transport, changed, TransportContract.settled());
                MqttProbe device = MqttProbe.at(broker)) {

            device.publish(old, "unwanted", 1);

            patiently().untilAsserted(() -> assertThat(link.dropped()).containsExactly(old));
            assertThat(link.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void more_of_qos_0_than_may_wait_is_dropped_and_reported(ConnectionType type) {
        String topic = unique();
        int surplus = 10;
        Connection connection =
                connection(type, Map.of(), MqttConnections.source(1, List.of(topic)));
        try (LinkUnderTest link =
                        LinkUnderTest.consuming(system, transport, connection, message -> {});
                MqttProbe device = MqttProbe.at(broker)) {

            for (int sent = 0; sent < QOS0_WAITING_MAX + surplus; sent++) {
                device.publish(topic, "m", 0);
            }

            patiently().until(() -> link.received().size() == QOS0_WAITING_MAX);
            patiently().until(() -> link.dropped().size() == surplus);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void the_link_is_made_anew_for_redelivery_where_it_is_configured(ConnectionType type) {
        String topic = unique();
        Connection connection =
                connection(
                        type,
                        Map.of(
                                "reconnectForRedelivery", "true",
                                "reconnectForRedeliveryDelay", "1s"),
                        MqttConnections.source(1, List.of(topic)));
        try (LinkUnderTest link = wantingAllAgain(connection);
                MqttProbe device = MqttProbe.at(broker)) {

            device.publish(topic, "again", 1);

            patiently().until(() -> link.lost().size() == 1);
            assertThat(link.lost().getFirst().blame()).isEqualTo(Failure.Blame.SYSTEM);
            assertThat(link.received().getFirst().settlement().canRedeliver()).isTrue();
        }
    }

    private LinkUnderTest wantingAllAgain(Connection connection) {
        return LinkUnderTest.consuming(
                system, transport, connection, message -> message.settlement().redeliver());
    }

    /** Whoever gives up on it knows that nobody brings it again. */
    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void nothing_is_made_anew_for_a_message_of_qos_0(ConnectionType type) {
        String topic = unique();
        Connection connection =
                connection(
                        type,
                        Map.of("reconnectForRedelivery", "true"),
                        MqttConnections.source(1, List.of(topic)));
        try (LinkUnderTest link = wantingAllAgain(connection);
                MqttProbe device = MqttProbe.at(broker)) {

            device.publish(topic, "once", 0);

            patiently().until(() -> link.received().size() == 1);
            assertThat(link.received().getFirst().settlement().canRedeliver()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void a_publisher_of_its_own_publishes(ConnectionType type) {
        String topic = unique();
        Connection connection =
                connection(
                        type,
                        Map.of("separatePublisherClient", "true"),
                        MqttConnections.source(1, List.of(topic)));
        try (LinkUnderTest link =
                LinkUnderTest.consuming(
                        system, transport, connection, TransportContract.settled())) {

            done(link.client().publish(LinkContract.outbound(topic, "to myself")));

            patiently()
                    .untilAsserted(() -> assertThat(link.payloads()).containsExactly("to myself"));
        }
    }

    private LinkUnderTest consuming(ConnectionType type, int qos, String topic) {
        return LinkUnderTest.consuming(
                system,
                transport,
                connection(type, Map.of(), MqttConnections.source(qos, List.of(topic))),
                TransportContract.settled());
    }

    private LinkUnderTest connected(ConnectionType type) {
        return LinkUnderTest.connected(system, transport, connection(type, Map.of()));
    }

    private Connection connection(
            ConnectionType type, Map<String, String> specificConfig, Source... sources) {
        return connection(unique(), type, specificConfig, sources);
    }

    private Connection connection(
            String id, ConnectionType type, Map<String, String> specificConfig, Source... sources) {
        return MqttConnections.connection(id, type, broker.uri(), specificConfig, sources);
    }

    private static Outbound outbound(String address, Headers headers, int qos) {
        return new Outbound(
                address, headers, ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8)), qos);
    }

    private static String unique() {
        return LinkContract.unique();
    }
}
