package org.patchbay.standalone.messages;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.patchbay.connectivity.broker.TestBroker;

/** A client that outlives its broker: it connects again, and the broker keeps what it missed. */
final class PatientProbe implements AutoCloseable {

    private static final long SESSION_SECONDS = 3_600;

    private final Mqtt5AsyncClient client;
    private final List<Mqtt5Publish> received = new CopyOnWriteArrayList<>();

    PatientProbe(TestBroker broker) {
        client =
                Mqtt5Client.builder()
                        .identifier("patient-" + UUID.randomUUID())
                        .serverHost("127.0.0.1")
                        .serverPort(broker.port())
                        .automaticReconnect()
                        .initialDelay(50, TimeUnit.MILLISECONDS)
                        .maxDelay(200, TimeUnit.MILLISECONDS)
                        .applyAutomaticReconnect()
                        .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, received::add);
        client.connectWith().cleanStart(false).sessionExpiryInterval(SESSION_SECONDS).send().join();
    }

    PatientProbe listen(String filter) {
        client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send().join();
        return this;
    }

    /** Returns when the broker has taken it, after a restart if need be. */
    void publish(String topic, String payload) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send()
                .join();
    }

    /** In order of receipt. */
    List<Mqtt5Publish> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        client.disconnect().exceptionally(_ -> null).join();
    }
}
