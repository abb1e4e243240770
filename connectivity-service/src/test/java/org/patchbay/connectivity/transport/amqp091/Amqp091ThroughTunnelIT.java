package org.patchbay.connectivity.transport.amqp091;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.EmbeddedQpid;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.tunnel.Tunnelled;

@Tag("ci")
class Amqp091ThroughTunnelIT extends Amqp091Contract {

    private final SshServer server = SshServer.started("EC");

    @Override
    Amqp091Broker startBroker() {
        return EmbeddedQpid.started();
    }

    @Override
    public Transport transport() {
        return new Tunnelled(super.transport(), server);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    /** Without a tunnel it is, because both are faster than the broker is stopped. */
    @Override
    @Test
    public void loses_nothing_when_the_broker_restarts() {
        Assumptions.abort("of two connections none waits for what the other one has on its way");
    }

    /** RabbitMQ shows it. */
    @Override
    @Test
    public void does_not_hand_on_again_what_was_rejected() {
        Assumptions.abort("Qpid keeps what is rejected where a queue has no other place for it");
    }
}
