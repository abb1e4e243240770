package org.patchbay.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoBrokerIT {

    @Test
    void carries_a_message_from_one_client_to_another() throws InterruptedException {
        try (DemoBroker broker = DemoBroker.start();
                DemoDevice device = new DemoDevice(broker.port())) {
            Mqtt3BlockingClient product =
                    MqttClient.builder()
                            .identifier("product")
                            .serverHost("127.0.0.1")
                            .serverPort(broker.port())
                            .useMqttVersion3()
                            .buildBlocking();
            product.connect();

            product.publishWith()
                    .topic(DemoDevice.EVENTS)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("23.42 °C".getBytes(StandardCharsets.UTF_8))
                    .send();

            assertThat(device.other(Duration.ofSeconds(10)))
                    .isEqualTo(new DemoDevice.Heard(DemoDevice.EVENTS, "23.42 °C"));
            product.disconnect();
        }
    }

    @Test
    void two_brokers_find_a_port_each() {
        try (DemoBroker one = DemoBroker.start();
                DemoBroker other = DemoBroker.start()) {
            assertThat(one.port()).isNotEqualTo(other.port());
        }
    }
}
