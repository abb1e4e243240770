package org.patchbay.connectivity.transport.mqtt;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.broker.Mosquitto;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.model.ConnectionType;

@Tag("ci")
class Mqtt3WithMosquittoIT extends MqttContract {

    Mqtt3WithMosquittoIT() {
        super(ConnectionType.MQTT);
    }

    @Override
    MqttBroker startBroker() {
        return Mosquitto.startedOrSkipped();
    }
}
