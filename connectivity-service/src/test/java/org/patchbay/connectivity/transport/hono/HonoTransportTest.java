package org.patchbay.connectivity.transport.hono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkEvents;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/** What the transport for Hono asks of the one for Kafka. */
class HonoTransportTest {

    private static ActorSystem<?> system;

    private final Asked kafka = new Asked();
    private final Transport hono = new HonoTransport(HonoConfig.of(settings()), kafka);

    @BeforeAll
    static void startSystem() {
        system = ActorSystem.create(Behaviors.empty(), "hono");
    }

    @AfterAll
    static void stopSystem() {
        system.terminate();
    }

    @Test
    void a_connection_runs_with_what_the_installation_says_and_is_still_one_to_hono() {
        Connection running = hono.running(SampleConnections.hono("my-tenant"));

        assertThat(running.type()).isEqualTo(ConnectionType.HONO);
        assertThat(running.sources().getFirst().addresses())
                .containsExactly("hono.event.my-tenant");
        assertThat(running.uri().reveal()).isEqualTo("ssl://us%20er:pass@kafka.hono:9093");
        assertThat(running.validateCertificates()).isTrue();
        assertThat(running.specificConfig())
                .containsEntry("bootstrapServers", "a.hono:9093,b.hono:9093")
                .containsEntry("saslMechanism", "scram-sha-256")
                .containsEntry("groupId", "my-tenant");
    }

    @Test
    void clients_and_trials_are_those_of_kafka() {
        Connection running = hono.running(SampleConnections.hono("my-tenant"));

        askBoth(running);

        assertThat(kafka.connections).containsExactly(running, running);
        assertThat(kafka.contexts)
                .allSatisfy(context -> assertThat(context.clientIndex()).isEqualTo(3));
    }

    @Test
    void no_rule_for_hosts_of_connections_keeps_it_from_where_the_installation_leads() {
        askBoth(hono.running(SampleConnections.hono("my-tenant")));

        assertThat(kafka.contexts)
                .extracting(HonoTransportTest::mayReachLoopback)
                .containsExactly(true, true);
    }

    private void askBoth(Connection running) {
        ClientContext context =
                new ClientContext(system, 3, (_, _) -> false, Duration.ofSeconds(1), new Quiet());
        assertThatThrownBy(() -> hono.client(running, context)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> hono.trial(running, context)).isInstanceOf(Failure.class);
    }

    private static boolean mayReachLoopback(ClientContext context) {
        return context.allowed().test("localhost", InetAddress.getLoopbackAddress());
    }

    private static Config settings() {
        return ConfigFactory.parseString(
                        """
                        ditto.connectivity.hono {
                          base-uri = "ssl://kafka.hono:9093", username = "us er", password = pass
                          sasl-mechanism = SCRAM-SHA-256, validate-certificates = true
                          bootstrap-servers = "a.hono:9093,b.hono:9093"
                        }
                        """)
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    /** Notes what it is asked for, and makes nothing. */
    private static final class Asked implements Transport {

        private final List<Connection> connections = new ArrayList<>();
        private final List<ClientContext> contexts = new ArrayList<>();

        @Override
        public TransportClient client(Connection connection, ClientContext context) {
            connections.add(connection);
            contexts.add(context);
            throw Failure.bySystem("There is no Kafka here.", null);
        }

        @Override
        public TransportClient trial(Connection connection, ClientContext context) {
            return client(connection, context);
        }
    }

    private static final class Quiet implements LinkEvents {

        @Override
        public void lost(Failure failure) {}

        @Override
        public void dropped(String address, String reason) {}
    }
}
