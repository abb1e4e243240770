package org.patchbay.connectivity.transport.mqtt;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.transport.Connections;

/** Connections as these tests need them. */
public final class MqttConnections {

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
        return Connections.of(id, type, uri, specificConfig, List.of(sources), List.of());
    }

    /** Over MQTT 5, with one target. */
    static Connection connection(
            String id, String uri, Map<String, String> specificConfig, Target target) {
        return Connections.of(
                id, ConnectionType.MQTT_5, uri, specificConfig, List.of(), List.of(target));
    }

    static Source source(int qos, List<String> addresses, Source.ReplyTarget replyTarget) {
        Source source = source(qos, addresses);
        return new Source(
                source.addresses(),
                source.consumerCount(),
                source.qos(),
                source.authorizationContext(),
                source.enforcement(),
                source.headerMapping(),
                source.payloadMapping(),
                source.acknowledgementRequests(),
                source.declaredAcks(),
                replyTarget);
    }

    public static Source source(int qos, List<String> addresses) {
        return Connections.source(qos, addresses);
    }
}
