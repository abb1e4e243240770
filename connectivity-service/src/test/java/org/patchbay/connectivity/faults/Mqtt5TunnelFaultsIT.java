package org.patchbay.connectivity.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.faults.Stage.patiently;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.KeyPair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.broker.proxy.TcpProxy;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.SshTunnel;

/** Faults between a connection and the SSH server of its tunnel, with a link of MQTT in it. */
@Tag("ci")
class Mqtt5TunnelFaultsIT extends MqttFaults {

    private final SshServer server = SshServer.started("EC");

    Mqtt5TunnelFaultsIT() {
        super(ConnectionType.MQTT_5);
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    /** It is the tunnel that notices. */
    @Override
    public String specificConfig(String uri) {
        return "{\"keepAlive\": \"10m\"}";
    }

    @Override
    public TcpProxy proxy() {
        return TcpProxy.before(server.port());
    }

    @Override
    public String over(TcpProxy proxy, String uri) {
        return uri;
    }

    @Override
    public Connection over(TcpProxy proxy, Connection connection) {
        SshTunnel direct = server.tunnel();
        SshTunnel through =
                new SshTunnel(
                        true,
                        ConnectionUri.parse("ssh://127.0.0.1:" + proxy.port()),
                        direct.credentials(),
                        direct.validateHost(),
                        direct.knownHosts());
        return connection.with(
                connection.uri(), connection.specificConfig(), through, connection.credentials());
    }

    @Test
    void a_server_that_restarts() {
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();

            server.stop();
            try {
                stage.exchange(10);
                patiently().untilAsserted(() -> assertThat(tunnel(stage)).isEqualTo("failed"));
            } finally {
                server.start();
            }

            stage.awaitEverything();
            stage.awaitWell();
            assertThat(tunnel(stage)).isEqualTo("open");
            stage.assertToldOfLoss(logged);
        }
    }

    /** Whoever it is that answers there now: nothing is told to it, and nothing goes through it. */
    @Test
    void a_server_that_comes_back_with_another_host_key() {
        KeyPair another = SshServer.key("EC");
        try (Stage stage = opened()) {
            // Given
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();
            int passwords = server.passwords();

            // When
            server.stop();
            server.show(another);
            server.start();
            try {
                stage.exchange(10);

                // Then
                awaitRefusalOf(another, stage);
                assertThat(stage.client.status().get("liveStatus").asText())
                        .isEqualTo("misconfigured");
                assertThat(server.passwords()).isEqualTo(passwords);
                assertThat(server.sessions()).isZero();
                assertThat(stage.published()).hasSize(5);
            } finally {
                server.stop();
                server.showItsOwn();
                server.start();
            }

            // Then
            stage.awaitEverything();
            stage.awaitWell();
            assertThat(tunnel(stage)).isEqualTo("open");
            assertThat(tunnelDetails(stage)).contains(server.fingerprint(0, "sha256"));
            stage.assertToldOfLoss(logged);
        }
    }

    /** Keys are exchanged anew from time to time, and whoever is in between by then is not it. */
    @Test
    void a_server_that_shows_another_host_key_within_a_session() {
        KeyPair another = SshServer.key("EC");
        try (Stage stage = opened()) {
            // Given
            stage.exchange(5);
            server.exchangeKeys();
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();

            // When
            server.show(another);
            try {
                server.exchangeKeys();

                // Then
                awaitRefusalOf(another, stage);
                assertThat(stage.since(logged))
                        .filteredOn(Stage::isFailure)
                        .allMatch(entry -> entry.contains("is not known"));
                assertThat(server.sessions()).isZero();
            } finally {
                server.showItsOwn();
            }

            // Then
            stage.exchange(5);
            stage.awaitEverything();
            stage.awaitWell();
            stage.assertToldOfLoss(logged);
        }
    }

    @Override
    @Test
    public void a_user_who_is_not_let_in_any_more() {
        try (Stage stage = opened()) {
            stage.exchange(5);
            stage.awaitEverything();
            int logged = stage.client.log().size();

            server.letIn(false);
            try {
                server.cut();
                stage.exchange(10);
                patiently()
                        .untilAsserted(() -> assertThat(tunnel(stage)).isEqualTo("misconfigured"));
            } finally {
                server.letIn(true);
            }

            stage.awaitEverything();
            stage.awaitWell();
            stage.assertToldOfLoss(logged);
        }
    }

    /** The status says that this host key is not one that the connection knows. */
    private static void awaitRefusalOf(KeyPair hostKey, Stage stage) {
        patiently()
                .untilAsserted(() -> {
                    assertThat(tunnel(stage)).isEqualTo("misconfigured");
                    assertThat(tunnelDetails(stage))
                            .contains("is not known")
                            .contains(SshServer.fingerprint(hostKey, "sha256"));
                });
    }

    private static String tunnel(Stage stage) {
        return tunnelStatus(stage).path("status").asText();
    }

    private static String tunnelDetails(Stage stage) {
        return tunnelStatus(stage).path("statusDetails").asText();
    }

    private static JsonNode tunnelStatus(Stage stage) {
        return stage.client.status().path("sshTunnelStatus").path(0);
    }
}
