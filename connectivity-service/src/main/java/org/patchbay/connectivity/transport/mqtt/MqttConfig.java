package org.patchbay.connectivity.transport.mqtt;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What an operator sets for all MQTT connections.
 *
 * @param sessionExpiry how long an MQTT 5 broker keeps a session; as long as it can be said, it is
 *     kept for ever
 * @param knownHeadersKept whether what a message's headers say about how it is published, as {@code
 *     mqtt.qos} does, is published as user properties, too
 * @param pauseAfterDisconnect at least so long, where the broker ended the link
 * @param eventLoopThreads 0 for two for each processor
 */
public record MqttConfig(
        boolean cleanSession,
        Duration sessionExpiry,
        boolean reconnectForRedelivery,
        Duration reconnectForRedeliveryDelay,
        boolean separatePublisher,
        int eventLoopThreads,
        int receiveMaximum,
        int qos0WaitingMax,
        boolean knownHeadersKept,
        Duration pauseAfterDisconnect) {

    private static final String PATH = "ditto.connectivity.connection.mqtt";

    /** An inbox holds as many. */
    private static final int QOS0_WAITING_MOST = 65_536;

    private static final String QOS0_WAITING_MAX = "patchbay.connectivity.mqtt.qos0-waiting-max";

    private static final String KNOWN_HEADERS =
            "ditto.devops.feature.preserve-known-mqtt-headers-enabled";

    public MqttConfig {
        if (sessionExpiry.isNegative()) {
            throw new IllegalArgumentException(
                    PATH + ".session-expiry-interval must be 0s or more, not " + sessionExpiry);
        }
        if (receiveMaximum < 1 || receiveMaximum > 65_535) {
            throw new IllegalArgumentException(
                    PATH
                            + ".receive-maximum-client must be from 1 to 65535, not "
                            + receiveMaximum);
        }
        if (qos0WaitingMax < 1 || qos0WaitingMax > QOS0_WAITING_MOST) {
            throw new IllegalArgumentException(
                    QOS0_WAITING_MAX
                            + " must be from 1 to "
                            + QOS0_WAITING_MOST
                            + ", not "
                            + qos0WaitingMax);
        }
        if (eventLoopThreads < 0) {
            throw new IllegalArgumentException(
                    PATH + ".event-loop-threads must be 0 or more, not " + eventLoopThreads);
        }
    }

    public static MqttConfig of(Config root) {
        Config mqtt = root.getConfig(PATH);
        return new MqttConfig(
                mqtt.getBoolean("clean-session"),
                mqtt.getDuration("session-expiry-interval"),
                mqtt.getBoolean("reconnect-for-redelivery"),
                mqtt.getDuration("reconnect-for-redelivery-delay"),
                mqtt.getBoolean("separate-publisher-client"),
                mqtt.getInt("event-loop-threads"),
                mqtt.getInt("receive-maximum-client"),
                root.getInt(QOS0_WAITING_MAX),
                root.getBoolean(KNOWN_HEADERS),
                mqtt.getDuration("reconnect.min-timeout-for-mqtt-broker-initiated-disconnect"));
    }
}
