package org.patchbay.connectivity.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.patchbay.connectivity.transport.LinkContract.failureOf;
import static org.patchbay.connectivity.transport.LinkUnderTest.done;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchbay.connectivity.broker.Certificates;
import org.patchbay.connectivity.broker.EmbeddedMqttBroker;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.credentials.Secret;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkUnderTest;

/** TLS against a broker that wants a client certificate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MqttTlsIT {

    private final ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "mqtt-tls");
    private Certificates server;
    private Certificates client;
    private EmbeddedMqttBroker broker;

    @BeforeAll
    void startBroker() {
        server = Certificates.made();
        client = Certificates.made();
        broker = EmbeddedMqttBroker.startedWithTls(server, client);
    }

    @AfterAll
    void stopEverything() {
        system.terminate();
        broker.close();
        server.close();
        client.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MQTT", "MQTT_5"})
    void trusts_the_ca_of_the_connection_and_shows_its_certificate(ConnectionType type) {
        try (LinkUnderTest link =
                connected(connection(type, true, server.certificatePem(), identity()))) {
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void trusts_every_broker_where_certificates_are_not_to_be_validated() {
        try (LinkUnderTest link =
                connected(connection(ConnectionType.MQTT_5, false, null, identity()))) {
            assertThat(link.lost()).isEmpty();
        }
    }

    @Test
    void blames_the_user_for_a_broker_that_is_not_trusted() {
        assertThat(failure(connection(ConnectionType.MQTT_5, true, null, identity())).blame())
                .isEqualTo(Failure.Blame.USER);
    }

    @Test
    void blames_the_user_for_a_ca_that_is_none() {
        assertThat(failure(connection(ConnectionType.MQTT_5, true, "no PEM", identity())).blame())
                .isEqualTo(Failure.Blame.USER);
    }

    @Test
    void blames_the_user_for_a_key_that_is_none_and_does_not_show_it() {
        var broken =
                new Credentials.ClientCertificate(
                        client.certificatePem(), new Secret("hush-hush-hush"));

        Failure failure =
                failure(connection(ConnectionType.MQTT_5, true, server.certificatePem(), broken));

        assertThat(failure.blame()).isEqualTo(Failure.Blame.USER);
        assertThat(failure).hasMessageNotContaining("hush").hasNoCause();
    }

    @Test
    void does_not_connect_without_the_certificate_that_the_broker_wants() {
        assertThat(failure(connection(ConnectionType.MQTT_5, true, server.certificatePem(), null)))
                .hasMessageContaining("127.0.0.1");
    }

    private LinkUnderTest connected(Connection connection) {
        return LinkUnderTest.connected(
                system, new MqttTransport(MqttConnections.config(100)), connection);
    }

    private Failure failure(Connection connection) {
        LinkUnderTest link =
                LinkUnderTest.of(
                        system, new MqttTransport(MqttConnections.config(100)), connection);
        return failureOf(() -> done(link.client().connect()));
    }

    private Credentials identity() {
        return new Credentials.ClientCertificate(
                client.certificatePem(), new Secret(client.keyPem()));
    }

    private Connection connection(
            ConnectionType type,
            boolean validateCertificates,
            @Nullable String ca,
            @Nullable Credentials credentials) {
        return new Connection(
                UUID.randomUUID().toString(),
                null,
                type,
                ConnectionStatus.OPEN,
                ConnectionUri.parse(broker.tlsUri()),
                List.of(),
                List.of(),
                null,
                1,
                true,
                validateCertificates,
                1,
                Map.of(),
                Map.of(),
                List.of(),
                ca,
                credentials);
    }
}
