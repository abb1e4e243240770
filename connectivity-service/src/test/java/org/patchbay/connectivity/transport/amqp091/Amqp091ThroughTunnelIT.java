package org.patchbay.connectivity.transport.amqp091;

import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.Amqp091Broker;
import org.patchbay.connectivity.broker.Amqp091Probe;
import org.patchbay.connectivity.broker.EmbeddedQpid;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.LinkUnderTest;
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

    /** The link is two connections, and in a tunnel neither waits for what the other one sends. */
    @Override
    public void awaitSettled(LinkUnderTest link, Connection connection, int left) {
        String queue = connection.sources().getFirst().addresses().getFirst();
        try (Amqp091Probe probe = Amqp091Probe.at(broker())) {
            patiently().until(() -> probe.messages(queue) == left);
        }
    }

    /** RabbitMQ shows it. */
    @Override
    @Test
    public void does_not_hand_on_again_what_was_rejected() {
        Assumptions.abort("Qpid keeps what is rejected where a queue has no other place for it");
    }
}
