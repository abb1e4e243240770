package org.patchbay.benchmarks.bare;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;

/** MQTT 5, QoS 1. */
final class BareMqtt5 {

    private BareMqtt5() {}

    static void start(int port, String topicIn, String topicOut) {
        Mqtt5AsyncClient in = client(port);
        Mqtt5AsyncClient out = client(port);
        in.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> {
                    var _ =
                            out.publish(
                                            Mqtt5Publish.builder()
                                                    .topic(topicOut)
                                                    .qos(MqttQos.AT_LEAST_ONCE)
                                                    .payload(message.getPayload().orElse(null))
                                                    .build())
                                    .thenRun(message::acknowledge);
                },
                Runnable::run,
                true);
        var _ = out.connect().join();
        var _ = in.connect().join();
        var _ = in.subscribeWith().topicFilter(topicIn).qos(MqttQos.AT_LEAST_ONCE).send().join();
    }

    private static Mqtt5AsyncClient client(int port) {
        return MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
    }
}
