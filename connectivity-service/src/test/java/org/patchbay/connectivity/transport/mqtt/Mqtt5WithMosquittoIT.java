package org.patchbay.connectivity.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.Mosquitto;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.LinkUnderTest;

@Tag("ci")
class Mqtt5WithMosquittoIT extends MqttContract {

    Mqtt5WithMosquittoIT() {
        super(ConnectionType.MQTT_5);
    }

    @Override
    MqttBroker startBroker() {
        return Mosquitto.startedOrSkipped();
    }

    @Test
    void knows_how_many_messages_the_broker_takes_without_an_answer() {
        // When
        try (LinkUnderTest link =
                LinkUnderTest.connected(
                        system(),
                        transport(),
                        connection("window", broker().uri(), List.of("window")))) {

            // Then
            assertThat(link.client().publishWindow()).isEqualTo(broker().inflightWindow());
        }
    }
}
