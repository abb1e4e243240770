package org.patchbay.connectivity.client;

import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttBroker;

class MqttClientsWithEmbeddedIT extends MqttClients {

    @Override
    MqttBroker startBroker() {
        return EmbeddedMqttBroker.started();
    }
}
