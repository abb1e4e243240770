package org.patchbay.connectivity.transport.mqtt;

import org.patchbay.connectivity.broker.Mosquitto;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.model.ConnectionType;

class Mqtt5WithMosquittoIT extends MqttContract {

    Mqtt5WithMosquittoIT() {
        super(ConnectionType.MQTT_5);
    }

    @Override
    MqttBroker startBroker() {
        return Mosquitto.startedOrSkipped();
    }
}
