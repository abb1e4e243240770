package org.patchbay.connectivity.transport.mqtt;

import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.model.ConnectionType;

class Mqtt3WithEmbeddedIT extends MqttContract {

    Mqtt3WithEmbeddedIT() {
        super(ConnectionType.MQTT);
    }

    @Override
    MqttBroker startBroker() {
        return EmbeddedMqttBroker.started();
    }
}
