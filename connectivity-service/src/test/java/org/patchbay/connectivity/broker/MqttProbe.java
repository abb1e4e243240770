package org.patchbay.connectivity.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plain MQTT 5 client, to play the device on the other side of a broker. */
public final class MqttProbe implements AutoCloseable {

    private static final long KEPT_SECONDS = 3_600;

    private final Mqtt5BlockingClient client;
    private final List<Mqtt5Publish> received = new CopyOnWriteArrayList<>();

    private MqttProbe(int port, String id, boolean kept) {
        client =
                MqttClient.builder()
                        .identifier(id)
                        .serverHost("127.0.0.1")
                        .serverPort(port)
                        .useMqttVersion5()
                        .buildBlocking();
        client.toAsync().publishes(MqttGlobalPublishFilter.ALL, received::add);
        client.connect(
                Mqtt5Connect.builder()
                        .cleanStart(!kept)
                        .sessionExpiryInterval(kept ? KEPT_SECONDS : 0)
                        .build());
    }

    public static MqttProbe at(TestBroker broker) {
        return new MqttProbe(broker.port(), "probe-" + UUID.randomUUID(), false);
    }

    /**
     * A client for which the broker keeps what is published on the topic while one of this id is
     * away.
     */
    public static MqttProbe returning(TestBroker broker, String id, String filter) {
        MqttProbe probe = new MqttProbe(broker.port(), id, true);
        probe.client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
        return probe;
    }

    /** A client that hears what is published on these topics from now on. */
    public static MqttProbe listening(TestBroker broker, String... filters) {
        MqttProbe probe = at(broker);
        for (String filter : filters) {
            probe.client.subscribeWith().topicFilter(filter).qos(MqttQos.EXACTLY_ONCE).send();
        }
        return probe;
    }

    /** Returns when the broker has taken the message, at least where the QoS is above 0. */
    public void publish(String topic, String payload, int qos) {
        publish(
                Mqtt5Publish.builder()
                        .topic(topic)
                        .payload(payload.getBytes(StandardCharsets.UTF_8))
                        .qos(MqttQos.fromCode(qos))
                        .build());
    }

    public void publish(Mqtt5Publish message) {
        client.publish(message);
    }

    /** In order of receipt. */
    public List<Mqtt5Publish> received() {
        return List.copyOf(received);
    }

    public List<String> payloads() {
        return received().stream().map(MqttProbe::payload).toList();
    }

    public static String payload(Mqtt5Publish message) {
        return new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // A broker that was restarted in between has no link to end.
        if (client.getState().isConnected()) {
            client.disconnect();
        }
    }
}
