package org.patchbay.connectivity.transport.mqtt;

import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttBroker;

class MqttMessagesWithEmbeddedIT extends MqttMessages {

    @Override
    MqttBroker startBroker() {
        return EmbeddedMqttBroker.started();
    }
}
