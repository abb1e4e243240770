package org.patchbay.connectivity.transport.amqp10;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.transport.Connections;

/** Connections and settings as the tests of this transport need them. */
final class Amqp10Connections {

    static final Amqp10Config CONFIG =
            new Amqp10Config(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
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
                connection.validateCertificates(),
                connection.processorPoolSize(),
                connection.specificConfig(),
                connection.mappingDefinitions(),
                connection.tags(),
                ca,
                credentials);
    }
}
