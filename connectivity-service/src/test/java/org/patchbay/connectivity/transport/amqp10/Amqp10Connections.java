package org.patchbay.connectivity.transport.amqp10;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkEvents;

/** Connections and settings as the tests of this transport need them. */
final class Amqp10Connections {

    static final Amqp10Config CONFIG =
            new Amqp10Config(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    10,
                    16,
                    8,
                    Duration.ofMillis(20),
                    Duration.ofMillis(500),
                    Map.of("az-sasl", new AzSasl()));

    private Amqp10Connections() {}

    static Amqp10Transport transport() {
        return new Amqp10Transport(CONFIG);
    }

    /** Where nothing is told and every address is allowed. */
    static ClientContext context(ActorSystem<?> system, int client, Duration patience) {
        LinkEvents nobody =
                new LinkEvents() {
                    @Override
                    public void lost(Failure failure) {}

                    @Override
                    public void dropped(String address, String reason) {}
                };
        return new ClientContext(system, client, (_, _) -> true, patience, nobody);
    }

    static Connection connection(
            String id, String uri, Map<String, String> options, List<String> addresses) {
        return Connections.of(
                id,
                ConnectionType.AMQP_10,
                uri,
                options,
                List.of(Connections.source(null, addresses)),
                List.of());
    }

    static Connection with(
            @Nullable String ca, @Nullable Credentials credentials, Connection connection) {
        return with(ca, credentials, connection.validateCertificates(), connection);
    }

    /** Checks no certificates. */
    static Connection trusting(Connection connection) {
        return with(connection.ca(), connection.credentials(), false, connection);
    }

    private static Connection with(
            @Nullable String ca,
            @Nullable Credentials credentials,
            boolean validateCertificates,
            Connection connection) {
        return new Connection(
                connection.id(),
                connection.name(),
                connection.type(),
                connection.status(),
                connection.uri(),
                connection.sources(),
                connection.targets(),
                connection.sshTunnel(),
                connection.clientCount(),
                connection.failoverEnabled(),
                validateCertificates,
                connection.processorPoolSize(),
                connection.specificConfig(),
                connection.mappingDefinitions(),
                connection.tags(),
                ca,
                credentials);
    }
}
