package org.patchbay.connectivity.transport.mqtt;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.model.ConnectionType;

@Tag("ci")
class Mqtt3WithEmbeddedIT extends MqttContract {

    Mqtt3WithEmbeddedIT() {
        super(ConnectionType.MQTT);
    }

    @Override
    MqttBroker startBroker() {
        return EmbeddedMqttBroker.started();
    }
}
