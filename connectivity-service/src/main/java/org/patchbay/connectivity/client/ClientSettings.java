package org.patchbay.connectivity.client;

import com.typesafe.config.Config;
import java.time.Duration;
import org.patchbay.connectivity.model.ConnectionType;

/**
 * How a client connects and gives up.
 *
 * @param connectTimeout for connecting and subscribing
 * @param connectTimeoutMax what that grows to while attempts take too long
 * @param closeTimeout for what is under way when the client closes
 * @param testTimeout for a test of a connection
 * @param backOff between attempts, for all but MQTT
 * @param backOffMqtt the same for MQTT
 * @param connectingAtOnceMax how many clients of a node connect to one endpoint at once
 * @param turnMax after which time an attempt does not count among them any more
 * @param triesMax after how many attempts in a row the status says so; attempts go on
 */
public record ClientSettings(
        Duration connectTimeout,
        Duration connectTimeoutMax,
        Duration closeTimeout,
        Duration testTimeout,
        BackOff backOff,
        BackOff backOffMqtt,
        int connectingAtOnceMax,
        Duration turnMax,
        int triesMax) {

    private static final int DOUBLINGS_MAX = 20;
    private static final String AT_ONCE = "patchbay.connectivity.connecting.at-once-max";

    public ClientSettings {
        if (connectTimeoutMax.compareTo(connectTimeout) < 0) {
            throw new IllegalArgumentException(
                    "ditto.connectivity.client.connecting-max-timeout is "
                            + connectTimeoutMax
                            + " but must be at least connecting-min-timeout, which is "
                            + connectTimeout);
        }
        if (connectingAtOnceMax < 1) {
            throw new IllegalArgumentException(
                    AT_ONCE + " must be 1 or more, not " + connectingAtOnceMax);
        }
    }

    /** Reads {@code ditto.connectivity.client} and what MQTT has of its own. */
    public static ClientSettings of(Config config) {
        Config client = config.getConfig("ditto.connectivity.client");
        Config mqtt =
                config.getConfig("ditto.connectivity.connection.mqtt.reconnect.backoff.timeout");
        return new ClientSettings(
                client.getDuration("connecting-min-timeout"),
                client.getDuration("connecting-max-timeout"),
                client.getDuration("disconnecting-max-timeout"),
                client.getDuration("testing-timeout"),
                BackOff.of(client, "min-backoff", "max-backoff"),
                BackOff.of(mqtt, "min-timeout", "max-timeout"),
                config.getInt(AT_ONCE),
                config.getDuration("patchbay.connectivity.connecting.turn-max"),
                client.getInt("connecting-max-tries"));
    }

    /** The time of an attempt after so many that took too long: twice as much after each. */
    Duration connectTimeout(int tooSlow) {
        Duration longer = connectTimeout.multipliedBy(1L << Math.min(tooSlow, DOUBLINGS_MAX));
        return longer.compareTo(connectTimeoutMax) > 0 ? connectTimeoutMax : longer;
    }

    BackOff backOff(ConnectionType type) {
        return switch (type) {
            case MQTT, MQTT_5 -> backOffMqtt;
            case AMQP_091, AMQP_10, KAFKA, HONO, HTTP_PUSH -> backOff;
        };
    }
}
