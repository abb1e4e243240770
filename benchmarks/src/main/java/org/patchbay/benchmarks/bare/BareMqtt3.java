package org.patchbay.benchmarks.path;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.io.IOException;
import java.util.Objects;

/**
 * What Patchbay is held against: two clients of the same library, where one publishes what the
 * other receives, and acknowledges when that has been taken. A program of its own that ends with
 * its input.
 */
final class BareLoop {

    static final String IN = "bare/in";
    static final String OUT = "bare/out";

    private BareLoop() {}

    /**
     * @param arguments the broker's port and the QoS
     */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        MqttQos qos = Objects.requireNonNull(MqttQos.fromCode(Integer.parseInt(arguments[1])));
        Mqtt3AsyncClient in = client(port);
        Mqtt3AsyncClient out = client(port);
        in.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> {
                    var _ =
                            out.publish(
                                            Mqtt3Publish.builder()
                                                    .topic(OUT)
                                                    .qos(qos)
                                                    .payload(message.getPayload().orElse(null))
                                                    .build())
                                    .thenRun(message::acknowledge);
                },
                Runnable::run,
                true);
        var _ = out.connect().join();
        var _ = in.connect().join();
        var _ = in.subscribeWith().topicFilter(IN).qos(qos).send().join();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Until whoever started it closes the pipe.
        }
        System.exit(0);
    }

    private static Mqtt3AsyncClient client(int port) {
        return MqttClient.builder()
                .useMqttVersion3()
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
    }
}
