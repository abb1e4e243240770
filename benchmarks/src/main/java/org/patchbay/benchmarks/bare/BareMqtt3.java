package org.patchbay.benchmarks.bare;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.util.function.Consumer;

/** MQTT 3.1.1, QoS 1. */
final class BareMqtt3 {

    private BareMqtt3() {}

    static void start(int port, String topicIn, String topicOut) {
        Mqtt3AsyncClient out = client(port);
        var _ = out.connect().join();
        consume(
                port,
                topicIn,
                message -> {
                    var _ =
                            out.publish(
                                            Mqtt3Publish.builder()
                                                    .topic(topicOut)
                                                    .qos(MqttQos.AT_LEAST_ONCE)
                                                    .payload(message.getPayload().orElse(null))
                                                    .build())
                                    .thenRun(message::acknowledge);
                });
    }

    /**
     * @param each has to acknowledge it
     */
    static void consume(int port, String topic, Consumer<Mqtt3Publish> each) {
        Mqtt3AsyncClient in = client(port);
        in.publishes(MqttGlobalPublishFilter.ALL, each, Runnable::run, true);
        var _ = in.connect().join();
        var _ = in.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send().join();
    }

    private static Mqtt3AsyncClient client(int port) {
        return MqttClient.builder()
                .useMqttVersion3()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
    }
}
