package org.patchbay.connectivity.transport.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkContract.failureOf;
import static org.patchbay.connectivity.transport.LinkContract.outbound;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import com.typesafe.config.ConfigFactory;
import java.lang.reflect.Method;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Attempt;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Failure.Blame;
import org.patchbay.connectivity.transport.LinkEvents;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.connectivity.transport.mqtt.MqttConfig;
import org.patchbay.connectivity.transport.mqtt.MqttTransport;

/** Tunnels to a real SSH server, with a link of MQTT in them. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TunnelIT {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "tunnel");
    private final Transport mqtt = new MqttTransport(MqttConfig.of(ConfigFactory.load()));
    private EmbeddedMqttBroker broker;
    private SshServer server;

    @BeforeAll
    void start() {
        broker = EmbeddedMqttBroker.started();
        server = SshServer.started("EC", "Ed25519", "RSA");
    }

    @AfterAll
    void stop() {
        system.terminate();
        server.close();
        broker.close();
    }

    @AfterEach
    void nobody_stays_logged_in() {
        server.forward(true);
        patiently().until(() -> server.sessions() == 0);
    }

    @Test
    void carries_messages_both_ways() {
        try (MqttProbe probe = MqttProbe.listening(broker, "tunnel/out");
                LinkUnderTest link =
                        LinkUnderTest.consuming(
                                system,
                                through(server.tunnel()),
                                connection(broker.uri()),
                                message -> message.settlement().accept())) {
            // When
            probe.publish("tunnel/in", "hither", 1);
            done(link.client().publish(outbound("tunnel/out", "thither")));

            // Then
            patiently().untilAsserted(() -> assertThat(link.payloads()).containsExactly("hither"));
            patiently()
                    .untilAsserted(() -> assertThat(probe.payloads()).containsExactly("thither"));
            assertThat(server.sessions()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void is_let_in_with_a_key(String family) {
        KeyPair key = SshServer.key(family);
        server.authorize(key.getPublic());

        assertOpens(server.tunnel(key));
    }

    @ParameterizedTest
    @CsvSource({"0, sha256", "0, md5", "1, sha256", "1, sha512", "2, sha256", "2, sha1"})
    void knows_a_server_by_the_fingerprint_of_any_of_its_keys(int key, String algorithm) {
        String fingerprint = server.fingerprint(key, algorithm);

        assertOpens(server.tunnel(TestBroker.PASSWORD, fingerprint));
        assertOpens(
                server.tunnel(
                        TestBroker.PASSWORD, fingerprint.substring(fingerprint.indexOf(':') + 1)));
    }

    @Test
    void asks_for_no_fingerprint_where_the_host_is_not_to_be_validated() {
        assertOpens(server.tunnel(TestBroker.PASSWORD, null));
    }

    @Test
    void says_what_an_unknown_server_shows() {
        Failure failure =
                failure(server.tunnel(TestBroker.PASSWORD, "MD5:" + "00:".repeat(15) + "00"));

        assertThat(failure.blame()).isEqualTo(Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
        assertThat(failure.description())
                .contains(server.fingerprint(0, "sha256"))
                .contains(server.fingerprint(1, "sha256"))
                .contains(server.fingerprint(2, "sha256"))
                .contains("127.0.0.1:" + server.port())
                .contains("knownHosts");
    }

    @Test
    void blames_the_user_for_a_wrong_password_and_does_not_show_it() {
        Failure failure = failure(server.tunnel("hush-hush", server.fingerprint(0, "sha256")));

        assertThat(failure.blame()).isEqualTo(Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
        assertThat(failure.description())
                .contains("'device' with this password")
                .doesNotContain("hush");
    }

    @Test
    void is_let_in_where_the_password_is_asked_for_by_a_prompt() {
        try (SshServer prompting = SshServer.prompting()) {
            assertOpens(prompting.tunnel());

            Failure failure =
                    failure(prompting.tunnel("hush-hush", prompting.fingerprint(0, "sha256")));

            assertThat(failure.blame()).isEqualTo(Blame.USER);
            assertThat(failure.description()).contains("'device' with this password");
            assertThat(prompting.passwords()).as("one right, one wrong").isEqualTo(2);
        }
    }

    @Test
    void blames_the_user_for_a_key_that_the_server_does_not_know() {
        Failure failure = failure(server.tunnel(SshServer.key("EC")));

        assertThat(failure.blame()).isEqualTo(Blame.USER);
        assertThat(failure.description()).contains("'device' with this key");
    }

    @Test
    void blames_the_system_when_there_is_no_server() {
        SshServer gone = SshServer.started("EC");
        gone.close();

        Failure failure = failure(gone.tunnel());

        assertThat(failure.blame()).isEqualTo(Blame.SYSTEM);
        assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
        assertThat(failure.description()).contains("127.0.0.1:" + gone.port());
    }

    @Test
    void leaves_a_server_that_says_nothing_when_the_link_is_closed() {
        Attempt.assertLeavesWhoSaysNothing(this::attemptThrough);
    }

    @Test
    void leaves_a_server_that_does_not_take_it_in_when_the_link_is_closed() {
        Attempt.assertLeavesWhoDoesNotTakeItIn(this::attemptThrough);
    }

    /** Through an SSH server at this port. */
    private Attempt attemptThrough(int port) {
        SshTunnel known = server.tunnel();
        SshTunnel there =
                new SshTunnel(
                        true,
                        ConnectionUri.parse("ssh://127.0.0.1:" + port),
                        known.credentials(),
                        known.validateHost(),
                        known.knownHosts());
        return Attempt.begun(system, through(there), connection(broker.uri()));
    }

    @Test
    void does_not_connect_to_a_server_at_a_blocked_address() {
        var permits = new TunnelPermits(address -> !address.isLoopbackAddress(), _ -> true);

        Failure failure = failure(new Through(server.tunnel(), permits, mqtt), broker.uri());

        assertThat(failure.blame()).isEqualTo(Blame.USER);
        assertThat(failure.description()).contains("blocked");
    }

    @Test
    void does_not_lead_to_a_host_that_is_blocked() {
        var permits = new TunnelPermits(_ -> true, host -> !host.equals("127.0.0.1"));

        Failure failure = failure(new Through(server.tunnel(), permits, mqtt), broker.uri());

        assertThat(failure.blame()).isEqualTo(Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.HOST_POLICY);
    }

    @Test
    void blames_the_user_where_the_server_does_not_forward() {
        server.forward(false);

        Failure failure = failure(server.tunnel());

        assertThat(failure.blame()).isEqualTo(Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
        assertThat(failure.description()).contains("127.0.0.1:" + broker.port());
    }

    @Test
    void blames_the_system_where_nobody_listens_at_the_other_end() {
        int port = Scratch.freePort();

        Failure failure = failure(through(server.tunnel()), "tcp://127.0.0.1:" + port);

        assertThat(failure.blame()).isEqualTo(Blame.SYSTEM);
        assertThat(failure.layer()).isEqualTo(Layer.TCP);
        assertThat(failure.description()).contains("127.0.0.1:" + port);
    }

    @Test
    void a_tunnel_that_is_cut_is_a_link_that_is_lost_and_says_why() {
        LinkUnderTest link =
                LinkUnderTest.consuming(
                        system,
                        through(server.tunnel()),
                        connection(broker.uri()),
                        message -> message.settlement().accept());

        server.cut();

        patiently()
                .until(() ->
                        link.streams().stream().allMatch(one -> one.isDone())
                                && !link.lost().isEmpty());
        assertThat(link.lost())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.blame()).isEqualTo(Blame.SYSTEM);
                    assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
                    assertThat(failure.description()).contains("tunnel is lost");
                });
        assertThat(link.streams()).allMatch(one -> one.isCompletedExceptionally());
        link.close();
    }

    @Test
    void a_broker_that_goes_away_is_not_taken_for_the_tunnel() {
        try (EmbeddedMqttBroker other = EmbeddedMqttBroker.started()) {
            LinkUnderTest link =
                    LinkUnderTest.connected(
                            system, through(server.tunnel()), connection(other.uri()));

            other.stop();

            patiently().until(() -> !link.lost().isEmpty());
            assertThat(link.lost())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.layer()).isNotEqualTo(Layer.TUNNEL));
            link.close();
        }
    }

    /** Else what a connector adds to the contract would be lost in a tunnel. */
    @Test
    void passes_on_all_that_the_contract_has() {
        assertThat(Arrays.stream(TransportClient.class.getMethods()).map(Method::getName))
                .allSatisfy(name -> assertThat(declared(TunnelledClient.class)).contains(name));
        assertThat(Arrays.stream(LinkEvents.class.getMethods()).map(Method::getName))
                .allSatisfy(name ->
                        assertThat(declared(TunnelledClient.class.getDeclaredClasses()[0]))
                                .contains(name));
    }

    private static List<String> declared(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).map(Method::getName).toList();
    }

    private void assertOpens(SshTunnel tunnel) {
        try (LinkUnderTest link =
                LinkUnderTest.connected(system, through(tunnel), connection(broker.uri()))) {
            assertThat(link.lost()).isEmpty();
        }
    }

    private Failure failure(SshTunnel tunnel) {
        return failure(through(tunnel), broker.uri());
    }

    private Failure failure(Transport transport, String uri) {
        LinkUnderTest link = LinkUnderTest.of(system, transport, connection(uri));
        Failure failure = failureOf(() -> done(link.client().connect()));
        assertThat(link.lost()).as("only a link that was made can be lost").isEmpty();
        link.close();
        return failure;
    }

    private Transport through(SshTunnel tunnel) {
        return new Through(tunnel, mqtt);
    }

    private static Connection connection(String uri) {
        return Connections.of(
                UUID.randomUUID().toString(),
                ConnectionType.MQTT_5,
                uri,
                Map.of("cleanSession", "true"),
                List.of(Connections.source(1, List.of("tunnel/in"))),
                List.of());
    }
}
