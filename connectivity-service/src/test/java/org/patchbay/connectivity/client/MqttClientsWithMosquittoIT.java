package org.patchbay.connectivity.client;

import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.broker.Mosquitto;
import org.patchbay.connectivity.broker.MqttBroker;

@Tag("ci")
class MqttClientsWithMosquittoIT extends MqttClients {

    @Override
    MqttBroker startBroker() {
        return Mosquitto.startedOrSkipped();
    }
}
