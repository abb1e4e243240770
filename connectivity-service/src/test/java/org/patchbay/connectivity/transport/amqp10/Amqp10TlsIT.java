package org.patchbay.connectivity.transport.amqp10;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.Certificates;
import org.patchbay.connectivity.broker.EmbeddedArtemis;
import org.patchbay.connectivity.broker.tls.TlsFront;
import org.patchbay.connectivity.broker.tls.TlsIdentity;
import org.patchbay.connectivity.broker.tls.TlsSetup;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.TlsContract;
import org.patchbay.connectivity.transport.Transport;

/**
 * TLS over AMQP 1.0; clients log in with their certificates (SASL EXTERNAL) at the broker itself.
 */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Amqp10TlsIT implements TlsContract {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "amqp10-tls");
    private EmbeddedArtemis broker;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedArtemis.startedWithTls(FOR_CLIENTS);
        broker.admit("CN=client-ec", String::isEmpty);
        broker.admit("CN=client-rsa", String::isEmpty);
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
        return Amqp10Connections.transport();
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
                ConnectionType.AMQP_10,
                uri,
                Map.of(),
                List.of(),
                List.of());
    }

    @Override
    public String address() {
        return "tls";
    }

    /** The link goes to an address, which the certificate does not name. */
    @Test
    void checks_the_name_of_the_host_and_not_the_address_that_it_leads_to() {
        try (Certificates authority = Certificates.authority();
                TlsFront front =
                        TlsFront.before(
                                broker.port(),
                                TlsSetup.showing(
                                        new TlsIdentity(
                                                authority.issued("dns:localhost", -1, 10))));
                LinkUnderTest link =
                        LinkUnderTest.connected(
                                system,
                                transport(),
                                Amqp10Connections.with(
                                        authority.certificatePem(),
                                        null,
                                        connection("amqps://localhost:" + front.port())))) {
            assertThat(link.lost()).isEmpty();
        }
    }
}
