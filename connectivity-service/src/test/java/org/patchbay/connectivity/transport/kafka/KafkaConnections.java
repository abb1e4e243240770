package org.patchbay.connectivity.transport.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.transport.Connections;
import org.patchbay.connectivity.transport.kafka.consuming.ConsumingConfig;

/** Connections to Kafka, and settings that suit tests. */
final class KafkaConnections {

    static final int UNSETTLED_MAX = 10;

    private KafkaConnections() {}

    static KafkaConfig config() {
        return new KafkaConfig(
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofMinutes(3),
                Duration.ofMinutes(3),
                new ConsumingConfig(
                        UNSETTLED_MAX,
                        Duration.ofMillis(500),
                        Duration.ofMillis(100),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(6),
                        Duration.ofMillis(100)),
                new KafkaConfig.Publishing(100, Duration.ofSeconds(2)));
    }

    /** At the server that the uri names, by PLAIN where it names a user. */
    static Connection to(String id, String uri, Map<String, String> options, List<Source> sources) {
        ConnectionUri server = ConnectionUri.parse(uri);
        Map<String, String> all = new HashMap<>();
        all.put("bootstrapServers", server.host() + ":" + server.port());
        all.put("saslMechanism", "plain");
        all.putAll(options);
        return Connections.of(id, ConnectionType.KAFKA, uri, all, sources, List.of());
    }
}
