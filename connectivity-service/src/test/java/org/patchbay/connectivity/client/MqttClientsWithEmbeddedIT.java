package org.patchbay.connectivity.client;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttBroker;

@Tag("ci")
class MqttClientsWithEmbeddedIT extends MqttClients {

    @Override
    MqttBroker startBroker() {
        return EmbeddedMqttBroker.started();
    }
}
