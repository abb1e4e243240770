package org.patchbay.connectivity.transport.kafka.consuming;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * What an operator sets for all that consume from Kafka.
 *
 * @param unsettledMax how many messages of a consumer may be unsettled, and how far one of its
 *     partitions may be ahead of what is settled without a gap
 * @param revokeWait for messages under way, before their partition is given away
 * @param redeliveryPause before a message is handed on that was wanted again
 * @param commitInterval between two commits, while there is more to commit all the time
 * @param topicTimeout for a topic to appear
 * @param fetchMaxWait how long a broker waits for messages before it answers that there are none
 * @param sessionTimeout after which silence a member of the group counts as gone
 * @param heartbeatInterval between its signs of life
 */
public record ConsumingConfig(
        int unsettledMax,
        Duration revokeWait,
        Duration redeliveryPause,
        Duration commitInterval,
        Duration topicTimeout,
        Duration fetchMaxWait,
        Duration sessionTimeout,
        Duration heartbeatInterval) {

    private static final String PATH = "patchbay.connectivity.kafka";
    private static final String CONSUMER = "ditto.connectivity.connection.kafka.consumer";
    private static final String CLIENT = CONSUMER + ".pekko-connectors.kafka-clients";

    public ConsumingConfig {
        if (unsettledMax < 1) {
            throw new IllegalArgumentException(
                    PATH + ".unsettled-max must be 1 or more, not " + unsettledMax);
        }
        notNegative(PATH + ".revoke-wait", revokeWait);
        notNegative(PATH + ".redelivery-pause", redeliveryPause);
        positive(PATH + ".commit-interval", commitInterval);
        positive(CONSUMER + ".init-timeout-seconds", topicTimeout);
        notNegative(CLIENT + ".fetch.max.wait.ms", fetchMaxWait);
        positive(CLIENT + ".heartbeat.interval.ms", heartbeatInterval);
        if (sessionTimeout.compareTo(heartbeatInterval) <= 0) {
            throw new IllegalArgumentException(
                    CLIENT
                            + ".session.timeout.ms must be more than heartbeat.interval.ms,"
                            + " which is "
                            + heartbeatInterval.toMillis()
                            + ", not "
                            + sessionTimeout.toMillis());
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    key + " must be greater than 0, not " + value.toMillis() + " ms");
        }
    }

    private static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    key + " must not be negative, as " + value.toMillis() + " ms is");
        }
    }

    public static ConsumingConfig of(Config root) {
        Config own = root.getConfig(PATH);
        Config consumer = root.getConfig(CONSUMER);
        Config client = root.getConfig(CLIENT);
        return new ConsumingConfig(
                own.getInt("unsettled-max"),
                own.getDuration("revoke-wait"),
                own.getDuration("redelivery-pause"),
                own.getDuration("commit-interval"),
                Duration.ofSeconds(consumer.getInt("init-timeout-seconds")),
                Duration.ofMillis(client.getInt("fetch.max.wait.ms")),
                Duration.ofMillis(client.getInt("session.timeout.ms")),
                Duration.ofMillis(client.getInt("heartbeat.interval.ms")));
    }
}
