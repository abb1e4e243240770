package org.patchbay.connectivity.transport.amqp10;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.patchbay.connectivity.broker.EmbeddedArtemis;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.tunnel.Tunnelled;

@Tag("ci")
class Amqp10ThroughTunnelIT extends Amqp10Contract {

    private final SshServer server = SshServer.started("EC");

    @Override
    TestBroker startBroker() {
        return EmbeddedArtemis.started();
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
