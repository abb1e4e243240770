package org.patchbay.connectivity.transport.amqp091;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Amqp091Probe;
import org.patchbay.connectivity.broker.EmbeddedQpid;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.TlsContract;
import org.patchbay.connectivity.transport.Transport;

/** TLS over AMQP 0.9.1; clients log in with their certificates at the broker itself. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp091TlsIT implements TlsContract {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "amqp091-tls");
    private EmbeddedQpid broker;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedQpid.startedWithTls(FOR_CLIENTS);
        try (Amqp091Probe probe = Amqp091Probe.at(broker)) {
            probe.declareExchange("tls");
        }
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        if (broker != null) {
            broker.close();
        }
    }

    @Override
    public ActorSystem<?> system() {
        return system;
    }

    @Override
    public Transport transport() {
        return new Amqp091Transport(Amqp091Contract.CONFIG);
    }

    @Override
    public int plainPort() {
        return broker.port();
    }

    @Override
    public Secured securedForClients() {
        return Secured.at(broker.tlsPort());
    }

    @Override
    public String secureScheme() {
        return "amqps";
    }

    @Override
    public Connection connection(String uri) {
        return Connections.of(
                UUID.randomUUID().toString(),
                ConnectionType.AMQP_091,
                uri,
                Map.of(),
                List.of(),
                List.of());
    }

    @Override
    public String address() {
        return "tls/hello";
    }
}
