package org.patchbay.standalone.demo;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whoever stands on the other side of the broker: publishes readings, and hears the answers to them
 * and whatever else is published.
 */
final class DemoDevice implements AutoCloseable {

    static final String NAME = "sensor-1";
    static final String READINGS = "demo/devices/" + NAME;
    static final String ANSWERS = "demo/answers/" + NAME;
    static final String EVENTS = "demo/events/" + NAME;

    /** What somebody published. */
    record Heard(String topic, String payload) {}

    private final Mqtt3BlockingClient client;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Heard> others = new LinkedBlockingQueue<>();

    DemoDevice(int brokerPort) {
        client =
                MqttClient.builder()
                        .identifier("demo-device")
                        .serverHost("127.0.0.1")
                        .serverPort(brokerPort)
                        .useMqttVersion3()
                        .buildBlocking();
        client.toAsync().publishes(MqttGlobalPublishFilter.ALL, this::heard);
        client.connect();
        client.subscribeWith().topicFilter("#").qos(MqttQos.AT_LEAST_ONCE).send();
    }

    private void heard(Mqtt3Publish message) {
        String payload = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
        String topic = message.getTopic().toString();
        switch (topic) {
            case READINGS -> {
                // Its own.
            }
            case ANSWERS -> answers.add(payload);
            default -> others.add(new Heard(topic, payload));
        }
    }

    void publish(String reading) {
        answers.clear();
        client.publishWith()
                .topic(READINGS)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(reading.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    /** Null where none comes in time. */
    @Nullable String answer(Duration patience) throws InterruptedException {
        return answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Something that is neither a reading nor an answer; null where nothing comes in time. */
    @Nullable Heard other(Duration patience) throws InterruptedException {
        return others.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        client.disconnect();
    }
}
