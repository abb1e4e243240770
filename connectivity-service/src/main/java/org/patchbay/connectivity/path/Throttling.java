package org.patchbay.connectivity.path;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Optional;
import org.patchbay.connectivity.model.ConnectionType;

/**
 * How many messages a source takes in, in what time; the others stay with the broker meanwhile.
 *
 * @param limit in one interval
 */
public record Throttling(Duration interval, int limit) {

    private static final String KAFKA = "ditto.connectivity.connection.kafka.consumer.throttling";
    private static final String MQTT = "ditto.connectivity.connection.mqtt.throttling";
    private static final String AMQP_10 =
            "ditto.connectivity.connection.amqp10.consumer.throttling";

    /**
     * What the settings of a type say; empty where its sources are not slowed down.
     *
     * @throws IllegalArgumentException that names a wrong setting
     */
    static Optional<Throttling> of(Config config, ConnectionType type) {
        return switch (type) {
            case MQTT, MQTT_5 -> at(config, MQTT);
            case AMQP_10 -> at(config, AMQP_10);
            // A type that consumes brings its section along with its transport.
            case KAFKA, HONO -> at(config, KAFKA);
            case AMQP_091, HTTP_PUSH -> Optional.empty();
        };
    }

    private static Optional<Throttling> at(Config config, String path) {
        Config section = config.getConfig(path);
        Duration interval = section.getDuration("interval");
        int limit = section.getInt("limit");
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException(
                    path + ".interval is " + interval + " but must be greater than 0");
        }
        if (limit < 1) {
            throw new IllegalArgumentException(
                    path + ".limit is " + limit + " but must be 1 or more");
        }
        return section.getBoolean("enabled")
                ? Optional.of(new Throttling(interval, limit))
                : Optional.empty();
    }
}
