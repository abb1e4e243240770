package org.patchbay.connectivity.transport.hono;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchbay.connectivity.broker.EmbeddedKafka;
import org.patchbay.connectivity.broker.KafkaProbe;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.model.hono.HonoSettings;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.LinkContract;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Peer;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportContract;
import org.patchbay.connectivity.transport.kafka.KafkaConfig;
import org.patchbay.connectivity.transport.kafka.KafkaTransport;
import org.patchbay.connectivity.transport.tunnel.Tunnelled;

/** The contract over a Hono connection: an address is a topic that an alias stands for. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HonoWithKafkaIT implements TransportContract {

    private static final int UNSETTLED_MAX = 10;
    private static final List<String> ALIASES = List.of("telemetry", "event", "command_response");

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "hono");
    private final Transport kafka = new KafkaTransport(KafkaConfig.of(config()));
    private EmbeddedKafka broker;
    private String tenant;
    private int addresses;

    @BeforeAll
    void startBroker() {
        broker = EmbeddedKafka.started();
        try (KafkaProbe probe = KafkaProbe.at(broker)) {
            String topic = topic("telemetry", EmbeddedKafka.FORBIDDEN_TOPIC);
            probe.createTopic(topic, 1).forbid(topic, EmbeddedKafka.FORBIDDEN_GROUP);
        }
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        broker.close();
    }

    @BeforeEach
    void anotherTenant() {
        tenant = KafkaProbe.unique("tenant");
        addresses = 0;
    }

    private static Config config() {
        return ConfigFactory.parseString(
                        """
                        patchbay.connectivity.kafka { unsettled-max = %d, redelivery-pause = 100ms }
                        ditto.connectivity.connection.kafka.consumer {
                          pekko-connectors.kafka-clients.fetch.max.wait.ms = 100
                        }
                        """
                                .formatted(UNSETTLED_MAX))
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    private static String topic(String alias, String tenant) {
        return "hono." + alias + "." + tenant;
    }

    @Override
    public ActorSystem<?> system() {
        return system;
    }

    /** Of the topics of Hono it forbids another one. */
    @Override
    public TestBroker broker() {
        return new TestBroker() {
            @Override
            public String scheme() {
                return broker.scheme();
            }

            @Override
            public int port() {
                return broker.port();
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
                return topic("telemetry", EmbeddedKafka.FORBIDDEN_TOPIC);
            }

            @Override
            public String uri(String user, String password) {
                return broker.uri(user, password);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Transport transport() {
        return new HonoTransport(settings(broker.uri()), kafka);
    }

    private static HonoSettings settings(String uri) {
        ConnectionUri at = ConnectionUri.parse(uri);
        String server = at.host() + ":" + at.port();
        Secret none = new Secret("");
        return new HonoSettings(
                ConnectionUri.parse(at.scheme() + "://" + server),
                at.username(),
                at.password() == null ? none : at.password(),
                "plain",
                server,
                false,
                null);
    }

    /** The first three are one tenant's. */
    @Override
    public String address() {
        int number = addresses++;
        String alias = ALIASES.get(number % ALIASES.size());
        int round = number / ALIASES.size();
        return topic(alias, round == 0 ? tenant : tenant + "-" + round);
    }

    @Override
    public Connection connection(String id, String uri, List<String> addresses) {
        String first = addresses.getFirst();
        String itsTenant = first.substring(first.indexOf('.', "hono.".length()) + 1);
        Connection written =
                Connections.of(
                        id,
                        ConnectionType.HONO,
                        "tcp://means.nothing:1",
                        Map.of("honoTenantId", itsTenant),
                        List.of(
                                Connections.source(
                                        1,
                                        addresses.stream().map(HonoWithKafkaIT::alias).toList())),
                        List.of());
        return new HonoTransport(settings(uri), kafka).running(written);
    }

    private static String alias(String topic) {
        return topic.split("\\.")[1];
    }

    @Override
    public int unsettledMax() {
        return UNSETTLED_MAX;
    }

    @Override
    public Peer peerAt(String address) {
        KafkaProbe probe = KafkaProbe.at(broker).listen(address);
        return new Peer() {
            @Override
            public void send(List<String> payloads) {
                probe.send(address, payloads);
            }

            @Override
            public List<String> heard() {
                return probe.heard().stream()
                        .map(one -> new String(one.value(), StandardCharsets.UTF_8))
                        .toList();
            }

            @Override
            public void close() {
                probe.close();
            }
        };
    }

    /** Not so here: the installation says where Hono is, whatever connections may reach. */
    @Override
    @Test
    public void blames_the_user_for_an_address_that_is_blocked() {
        LinkUnderTest events = LinkUnderTest.of(system(), transport(), connection(address()));
        var context =
                new ClientContext(
                        system(),
                        0,
                        (host, address) -> !address.equals(InetAddress.getLoopbackAddress()),
                        Duration.ofSeconds(30),
                        events);
        var client = transport().client(connection(address()), context);

        LinkUnderTest.done(client.connect());

        LinkUnderTest.done(client.close());
        assertThat(events.lost()).isEmpty();
    }

    @Test
    void consumes_and_publishes_through_a_tunnel() {
        String address = address();
        String inside = "tcp://" + EmbeddedKafka.INSIDE + ":" + EmbeddedKafka.INSIDE_PORT;
        try (SshServer server = SshServer.started("EC");
                Peer peer = peerAt(address)) {
            broker.standBehind(server);
            Transport through = new Tunnelled(new HonoTransport(settings(inside), kafka), server);
            try (LinkUnderTest link =
                    LinkUnderTest.consuming(
                            system,
                            through,
                            connection(LinkContract.unique(), inside, List.of(address)),
                            TransportContract.settled())) {

                LinkUnderTest.done(link.client().publish(LinkContract.outbound(address, "on")));

                LinkUnderTest.patiently()
                        .untilAsserted(() -> assertThat(link.payloads()).containsExactly("on"));
                assertThat(peer.heard()).containsExactly("on");
                assertThat(server.sessions()).isOne();
            }
        }
    }

    @Test
    void an_address_of_the_contract_is_the_topic_of_an_alias() {
        String address = address();

        assertThat(connection(LinkContract.unique(), broker.uri(), List.of(address)))
                .satisfies(running -> {
                    assertThat(running.type()).isEqualTo(ConnectionType.HONO);
                    assertThat(running.sources().getFirst().addresses()).containsExactly(address);
                });
    }
}
