package org.patchbay.connectivity.transport.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkContract.failureOf;
import static org.patchbay.connectivity.transport.LinkContract.outbound;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;
import static org.patchbay.connectivity.transport.LinkUnderTest.patiently;

import com.typesafe.config.ConfigFactory;
import java.security.KeyPair;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.broker.MqttProbe;
import org.patchbay.connectivity.broker.OpenSsh;
import org.patchbay.connectivity.broker.Scratch;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Failure.Blame;
import org.patchbay.connectivity.transport.LinkUnderTest;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.mqtt.MqttConfig;
import org.patchbay.connectivity.transport.mqtt.MqttTransport;

/** Tunnels through OpenSSH, which is what stands in most places, as the docs set it up. */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSshIT {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "openssh");

    /** Finds out soon that a server is silent, and may find so of one that is only busy. */
    private final ActorSystem<?> impatient =
            ActorSystem.create(
                    Behaviors.empty(),
                    "impatient",
                    ConfigFactory.parseString("patchbay.connectivity.ssh-tunnel.keep-alive = 1s")
                            .withFallback(ConfigFactory.load()));

    private final Transport mqtt = new MqttTransport(MqttConfig.of(ConfigFactory.load()));
    private final KeyPair key = SshServer.key("EC");
    private EmbeddedMqttBroker broker;
    private OpenSsh server;

    @BeforeAll
    void start() {
        server = OpenSsh.startedOrSkipped();
        broker = EmbeddedMqttBroker.started();
    }

    @AfterAll
    void stop() {
        system.terminate();
        impatient.terminate();
        if (broker != null) {
            broker.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void carries_messages_both_ways_for_who_is_let_in_with_a_key(String family) {
        KeyPair own = SshServer.key(family);
        server.authorize(own, "127.0.0.1:" + broker.port());
        try (MqttProbe probe = MqttProbe.listening(broker, "openssh/out");
                LinkUnderTest link =
                        LinkUnderTest.consuming(
                                system,
                                new Through(server.tunnel(own, known()), mqtt),
                                connection(broker.port()),
                                message -> message.settlement().accept())) {

            probe.publish("openssh/in", "hither", 1);
            done(link.client().publish(outbound("openssh/out", "thither")));

            patiently().untilAsserted(() -> assertThat(link.payloads()).containsExactly("hither"));
            patiently()
                    .untilAsserted(() -> assertThat(probe.payloads()).containsExactly("thither"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ecdsa, sha256",
        "ecdsa, md5",
        "ed25519, sha256",
        "ed25519, sha512",
        "rsa, sha256",
        "rsa, md5"
    })
    void is_known_by_a_fingerprint_as_ssh_keygen_prints_it(String family, String algorithm) {
        server.authorize(key, "127.0.0.1:" + broker.port());
        SshTunnel tunnel = server.tunnel(key, server.fingerprint(family, algorithm));

        try (LinkUnderTest link =
                LinkUnderTest.connected(
                        system, new Through(tunnel, mqtt), connection(broker.port()))) {
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void says_what_a_server_shows_that_is_not_known() {
        server.authorize(key, "127.0.0.1:" + broker.port());

        Failure failure =
                failure(server.tunnel(key, "MD5:" + "00:".repeat(15) + "00"), broker.port());

        assertThat(failure.blame()).isEqualTo(Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
        assertThat(OpenSsh.FAMILIES)
                .allSatisfy(family ->
                        assertThat(failure.description())
                                .contains(server.fingerprint(family, "sha256")));
    }

    @Test
    void blames_the_user_for_a_key_that_is_not_authorized() {
        server.authorize(SshServer.key("EC"), "127.0.0.1:" + broker.port());

        Failure failure = failure(server.tunnel(key, known()), broker.port());

        assertThat(failure.blame()).isEqualTo(Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
        assertThat(failure.description()).contains("with this key");
    }

    @Test
    void blames_the_user_for_a_broker_that_is_not_among_permitopen() {
        server.authorize(key, "127.0.0.1:1");

        Failure failure = failure(server.tunnel(key, known()), broker.port());

        assertThat(failure.blame()).isEqualTo(Blame.USER);
        assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
        assertThat(failure.description())
                .contains("does not allow to forward to 127.0.0.1:" + broker.port());
    }

    @Test
    void blames_the_system_where_nobody_listens_at_the_other_end() {
        int nobody = Scratch.freePort();
        server.authorize(key, "127.0.0.1:" + nobody);

        Failure failure = failure(server.tunnel(key, known()), nobody);

        assertThat(failure.blame()).isEqualTo(Blame.SYSTEM);
        assertThat(failure.layer()).isEqualTo(Layer.TCP);
        assertThat(failure.description()).contains("Connection refused");
    }

    @Test
    void a_server_that_stops_answering_is_a_tunnel_that_is_lost() {
        server.authorize(key, "127.0.0.1:" + broker.port());
        LinkUnderTest link =
                LinkUnderTest.consuming(
                        impatient,
                        new Through(server.tunnel(key, known()), mqtt),
                        connection(broker.port()),
                        message -> message.settlement().accept());

        server.fallSilent();

        patiently()
                .until(() ->
                        link.streams().stream().allMatch(one -> one.isDone())
                                && !link.lost().isEmpty());
        link.close();
        assertThat(link.lost())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.blame()).isEqualTo(Blame.SYSTEM);
                    assertThat(failure.layer()).isEqualTo(Layer.TUNNEL);
                });
        assertThat(link.streams()).allMatch(one -> one.isCompletedExceptionally());
    }

    private String known() {
        return server.fingerprint("ed25519", "sha256");
    }

    private Failure failure(SshTunnel tunnel, int port) {
        LinkUnderTest link = LinkUnderTest.of(system, new Through(tunnel, mqtt), connection(port));
        Failure failure = failureOf(() -> done(link.client().connect()));
        link.close();
        return failure;
    }

    private static Connection connection(int port) {
        return Connections.of(
                UUID.randomUUID().toString(),
                ConnectionType.MQTT_5,
                "tcp://127.0.0.1:" + port,
                Map.of("cleanSession", "true"),
                List.of(Connections.source(1, List.of("openssh/in"))),
                List.of());
    }
}
