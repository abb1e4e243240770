package org.patchbay.connectivity.transport.mqtt;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.broker.Mosquitto;
import org.patchbay.connectivity.broker.MqttBroker;

@Tag("ci")
class MqttMessagesWithMosquittoIT extends MqttMessages {

    @Override
    MqttBroker startBroker() {
        return Mosquitto.startedOrSkipped();
    }
}
