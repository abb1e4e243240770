package org.patchbay.connectivity.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.kafka.way.Way;

class ClientPropertiesTest {

    private static final String CLIENT =
            "ditto.connectivity.connection.kafka.consumer.pekko-connectors.kafka-clients.";

    @ParameterizedTest
    @CsvSource({
        "'', 180000, 180000",
        "metadata.max.age.ms = 60000, 60000, 60000",
        "connections.max.idle.ms = 70000, 180000, 70000"
    })
    void all_clients_close_idle_connections_and_look_brokers_up_anew(
            String set, long metadataMaxAge, long idleMax) {
        String setting = set.isEmpty() ? "" : CLIENT + set;
        ClientProperties properties =
                properties(KafkaConfig.of(ConfigFactory.load(ConfigFactory.parseString(setting))));

        assertThat(
                        List.of(
                                properties.producer(),
                                properties.consumer(0),
                                properties.admin(Duration.ofSeconds(1))))
                .allSatisfy(client ->
                        assertThat(client)
                                .containsEntry("metadata.max.age.ms", metadataMaxAge)
                                .containsEntry("connections.max.idle.ms", idleMax));
    }

    private static ClientProperties properties(KafkaConfig config) {
        Connection connection =
                KafkaConnections.to("connection", "tcp://127.0.0.1:9092", Map.of(), List.of());
        KafkaOptions options = KafkaOptions.of(connection);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9092);
        return new ClientProperties(
                connection,
                options,
                config,
                "client",
                Way.of(unused(), options.servers().getFirst()),
                Map.of(options.servers().getFirst(), List.of(address)));
    }

    /** Nobody connects here. */
    private static ClientContext unused() {
        return new ClientContext(null, 0, (host, at) -> true, Duration.ofSeconds(1), null);
    }
}
