package org.patchbay.connectivity.transport.mqtt;

import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.model.ConnectionType;

class Mqtt5WithEmbeddedIT extends MqttContract {

    Mqtt5WithEmbeddedIT() {
        super(ConnectionType.MQTT_5);
    }

    @Override
    MqttBroker startBroker() {
        return EmbeddedMqttBroker.started();
    }
}
