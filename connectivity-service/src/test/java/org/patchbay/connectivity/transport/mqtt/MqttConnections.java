package org.patchbay.connectivity.transport.mqtt;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.Source;

/** Connections as these tests need them. */
final class MqttConnections {

    private MqttConnections() {}

    static MqttConfig config(int receiveMaximum) {
        return MqttConfig.of(
                ConfigFactory.load()
                        .withValue(
                                "ditto.connectivity.connection.mqtt.receive-maximum-client",
                                ConfigValueFactory.fromAnyRef(receiveMaximum)));
    }

    static Connection connection(
            String id,
            ConnectionType type,
            String uri,
            Map<String, String> specificConfig,
            Source... sources) {
        return new Connection(
                id,
                null,
                type,
                ConnectionStatus.OPEN,
                ConnectionUri.parse(uri),
                List.of(sources),
                List.of(),
                null,
                1,
                true,
                true,
                1,
                specificConfig,
                Map.of(),
                List.of(),
                null,
                null);
    }

    static Source source(int qos, List<String> addresses) {
        return new Source(
                addresses,
                1,
                qos,
                List.of("test:device"),
                null,
                Map.of(),
                List.of(),
                null,
                List.of(),
                new Source.ReplyTarget("", Map.of(), List.of(), false));
    }
}
