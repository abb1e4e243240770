package org.patchbay.benchmarks.load;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** A device that publishes over MQTT, and somebody else who listens. */
public final class MqttEnds implements Ends {

    private final IntFunction<String> topics;
    private final String filterOut;
    private final MqttQos qos;
    private final Mqtt3AsyncClient publisher;
    private final Mqtt3AsyncClient subscriber;

    /**
     * @param topics where to publish the message of a number
     */
    public MqttEnds(int brokerPort, IntFunction<String> topics, String filterOut, int qos) {
        this.topics = topics;
        this.filterOut = filterOut;
        this.qos = Objects.requireNonNull(MqttQos.fromCode(qos));
        this.publisher = client(brokerPort);
        this.subscriber = client(brokerPort);
    }

    private static Mqtt3AsyncClient client(int port) {
        return MqttClient.builder()
                .useMqttVersion3()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
    }

    @Override
    public void hear(Consumer<ByteBuffer> payloads) {
        subscriber.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> payloads.accept(message.getPayload().orElse(ByteBuffer.allocate(0))));
        var _ = publisher.connect().join();
        var _ = subscriber.connect().join();
        var _ = subscriber.subscribeWith().topicFilter(filterOut).qos(qos).send().join();
    }

    @Override
    public void send(int number, byte[] payload) {
        var _ =
                publisher.publish(
                        Mqtt3Publish.builder()
                                .topic(topics.apply(number))
                                .qos(qos)
                                .payload(payload)
                                .build());
    }

    @Override
    public void close() {
        publisher.disconnect().exceptionally(_ -> null).join();
        subscriber.disconnect().exceptionally(_ -> null).join();
    }
}
