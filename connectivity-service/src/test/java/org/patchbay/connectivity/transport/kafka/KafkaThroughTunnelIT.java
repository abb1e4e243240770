package org.patchbay.connectivity.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkContract.failureOf;
import static org.patchbay.connectivity.transport.LinkContract.outbound;
import static org.patchbay.connectivity.transport.LinkContract.unique;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;
import static org.patchbay.connectivity.transport.TransportContract.settled;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Peer;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.tunnel.Tunnelled;

/**
 * The contract through a tunnel, to a broker that calls itself by a name which the SSH server alone
 * knows: who leaves the tunnel reaches nobody.
 */
@Tag("ci")
class KafkaThroughTunnelIT extends KafkaWithEmbeddedIT {

    private static final String OTHER_NAME = "bootstrap.inside.invalid";

    private final SshServer server = SshServer.started("EC");

    @BeforeAll
    void standBehindServer() {
        kafka().standBehind(server);
        server.lead(OTHER_NAME, EmbeddedKafka.INSIDE_PORT, kafka().insidePort());
    }

    @AfterEach
    void nobody_stays_logged_in() {
        server.forward(true);
        patiently().until(() -> server.sessions() == 0);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Override
    public TestBroker broker() {
        return new Inside(kafka());
    }

    @Override
    public Transport transport() {
        return new Tunnelled(super.transport(), server);
    }

    /** Where the broker is for those in the tunnel. */
    private record Inside(EmbeddedKafka broker) implements TestBroker {

        @Override
        public String scheme() {
            return broker.scheme();
        }

        @Override
        public int port() {
            return EmbeddedKafka.INSIDE_PORT;
        }

        @Override
        public void start() {
            broker.start();
        }

        @Override
        public void stop() {
            broker.stop();
        }

        @Override
        public String forbiddenAddress() {
            return broker.forbiddenAddress();
        }

        @Override
        public String uri() {
            return "tcp://" + EmbeddedKafka.INSIDE + ":" + EmbeddedKafka.INSIDE_PORT;
        }

        @Override
        public String uri(String user, String password) {
            return broker.uri(user, password)
                    .replaceFirst(
                            "@.*",
                            "@" + EmbeddedKafka.INSIDE + ":" + EmbeddedKafka.INSIDE_SASL_PORT);
        }

        @Override
        public void close() {}
    }

    @Test
    void the_name_of_the_broker_means_nothing_here() {
        Assertions.assertThatThrownBy(() -> InetAddress.getByName(EmbeddedKafka.INSIDE))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void carries_messages_that_are_much_longer_than_what_is_read_at_once() {
        String address = address();
        String other = address();
        String large = "23.42 °C ".repeat(90_000);
        try (Peer peer = peerAt(address);
                Peer listener = peerAt(other);
                LinkUnderTest link =
                        LinkUnderTest.consuming(
                                system(), transport(), connection(address), settled())) {

            peer.send(List.of(large));
            assertThat(done(link.client().publish(outbound(other, large))).status())
                    .isBetween(200, 204);

            patiently().untilAsserted(() -> assertThat(link.payloads()).containsExactly(large));
            patiently().untilAsserted(() -> assertThat(listener.heard()).containsExactly(large));
        }
    }

    @Test
    void blames_the_user_for_a_broker_that_is_blocked_beyond_the_tunnel() {
        Transport picky =
                new Tunnelled(
                        new KafkaTransport(KafkaConnections.config()),
                        server,
                        host -> !host.equals(EmbeddedKafka.INSIDE));

        Failure failure = failure(picky, connectionTo(OTHER_NAME));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.HOST_POLICY);
        assertThat(failure.description())
                .contains(OTHER_NAME)
                .contains("The host " + EmbeddedKafka.INSIDE + " is blocked");
    }

    @Test
    void blames_the_system_for_brokers_that_the_server_does_not_find() {
        server.lead(EmbeddedKafka.INSIDE, EmbeddedKafka.INSIDE_PORT, Scratch.freePort());
        try {
            Failure failure = failure(transport(), connectionTo(OTHER_NAME));

            assertThat(failure.blame()).isEqualTo(Failure.Blame.SYSTEM);
            assertThat(failure.description()).contains(EmbeddedKafka.INSIDE);
        } finally {
            kafka().standBehind(server);
        }
    }

    @Test
    void blames_the_user_where_the_server_does_not_forward() {
        server.forward(false);

        Failure failure = failure(transport(), connectionTo(EmbeddedKafka.INSIDE));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
    }

    @Test
    void a_tunnel_that_is_cut_is_the_reason_for_a_link_that_is_lost() {
        LinkUnderTest link =
                LinkUnderTest.consuming(system(), transport(), connection(address()), settled());

        server.cut();

        patiently().until(() -> !link.lost().isEmpty());
        link.close();
        assertThat(link.lost())
                .singleElement()
                .satisfies(failure -> assertThat(failure.layer()).isEqualTo(Layer.TUNNEL));
    }

    private Failure failure(Transport transport, Connection connection) {
        LinkUnderTest link = LinkUnderTest.of(system(), transport, connection);
        Failure failure = failureOf(() -> done(link.client().connect()));
        link.close();
        return failure;
    }

    private Connection connectionTo(String host) {
        String uri = "tcp://" + host + ":" + EmbeddedKafka.INSIDE_PORT;
        return connection(unique(), uri, List.of(address()));
    }
}
