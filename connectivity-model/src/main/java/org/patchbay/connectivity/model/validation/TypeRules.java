package org.patchbay.connectivity.model.validation;

import java.util.List;
import java.util.Map;
import org.patchbay.connectivity.model.ConnectionType;

/**
 * What one type of connection allows.
 *
 * @param schemes of the URI, empty for any
 * @param qos of sources and targets, empty where the type has none
 */
record TypeRules(List<String> schemes, List<Integer> qos) {

    private static final TypeRules MQTT =
            new TypeRules(List.of("tcp", "mqtt", "ssl", "mqtts"), List.of(0, 1, 2));
    private static final TypeRules AMQP = new TypeRules(List.of("amqp", "amqps"), List.of());

    private static final Map<ConnectionType, TypeRules> TABLE =
            Map.of(
                    ConnectionType.AMQP_091, AMQP,
                    ConnectionType.AMQP_10, AMQP,
                    ConnectionType.MQTT, MQTT,
                    ConnectionType.MQTT_5, MQTT,
                    ConnectionType.KAFKA, new TypeRules(List.of("tcp", "ssl"), List.of(0, 1)),
                    ConnectionType.HONO, new TypeRules(List.of(), List.of(0, 1)),
                    ConnectionType.HTTP_PUSH, new TypeRules(List.of("http", "https"), List.of()));

    static TypeRules of(ConnectionType type) {
        return TABLE.getOrDefault(type, new TypeRules(List.of(), List.of()));
    }
}
