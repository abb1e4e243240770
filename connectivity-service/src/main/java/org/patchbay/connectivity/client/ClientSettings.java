package org.patchbay.connectivity.client;

import com.typesafe.config.Config;
import java.time.Duration;
import org.patchbay.connectivity.model.ConnectionType;

/**
 * How a client connects and gives up.
 *
 * @param connectTimeout for connecting and subscribing
 * @param closeTimeout for what is under way when the client closes
 * @param testTimeout for a test of a connection
 * @param backOff between attempts, for all but MQTT
 * @param backOffMqtt the same for MQTT
 * @param triesMax after how many attempts in a row the status says so; attempts go on
 */
public record ClientSettings(
        Duration connectTimeout,
        Duration closeTimeout,
        Duration testTimeout,
        BackOff backOff,
        BackOff backOffMqtt,
        int triesMax) {

    /** Reads {@code ditto.connectivity.client} and what MQTT has of its own. */
    public static ClientSettings of(Config config) {
        Config client = config.getConfig("ditto.connectivity.client");
        Config mqtt =
                config.getConfig("ditto.connectivity.connection.mqtt.reconnect.backoff.timeout");
        return new ClientSettings(
                client.getDuration("connecting-min-timeout"),
                client.getDuration("disconnecting-max-timeout"),
                client.getDuration("testing-timeout"),
                BackOff.of(client, "min-backoff", "max-backoff"),
                BackOff.of(mqtt, "min-timeout", "max-timeout"),
                client.getInt("connecting-max-tries"));
    }

    BackOff backOff(ConnectionType type) {
        return switch (type) {
            case MQTT, MQTT_5 -> backOffMqtt;
            case AMQP_091, AMQP_10, KAFKA, HONO, HTTP_PUSH -> backOff;
        };
    }
}
