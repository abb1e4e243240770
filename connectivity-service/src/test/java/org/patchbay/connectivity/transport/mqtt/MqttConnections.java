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
import org.patchbay.connectivity.model.Target;

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
        return connection(id, type, uri, specificConfig, List.of(sources), List.of());
    }

    /** Over MQTT 5, with one target. */
    static Connection connection(
            String id, String uri, Map<String, String> specificConfig, Target target) {
        return connection(
                id, ConnectionType.MQTT_5, uri, specificConfig, List.of(), List.of(target));
    }

    private static Connection connection(
            String id,
            ConnectionType type,
            String uri,
            Map<String, String> specificConfig,
            List<Source> sources,
            List<Target> targets) {
        return new Connection(
                id,
                null,
                type,
                ConnectionStatus.OPEN,
                ConnectionUri.parse(uri),
                sources,
                targets,
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
