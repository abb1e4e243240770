package org.patchbay.connectivity.transport.mqtt;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttBroker;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.tunnel.Tunnelled;

@Tag("ci")
class MqttThroughTunnelIT extends MqttContract {

    private final SshServer server = SshServer.started("EC");

    MqttThroughTunnelIT() {
        super(ConnectionType.MQTT_5);
    }

    @Override
    MqttBroker startBroker() {
        return EmbeddedMqttBroker.started();
    }

    @Override
    public Transport transport() {
        return new Tunnelled(super.transport(), server);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }
}
