package org.patchbay.connectivity.transport.kafka;

import com.typesafe.config.Config;
import java.time.Duration;
import org.patchbay.connectivity.transport.kafka.consuming.ConsumingConfig;

/**
 * What an operator sets for all Kafka connections.
 *
 * @param answerTimeout after which a question to a broker counts as unanswered
 * @param transferTimeout after which a request that has messages, or is answered with some, does;
 *     not less
 * @param checkInterval how often the brokers are asked whether they are there
 * @param metadataMaxAge after which brokers and partitions are looked up anew
 * @param connectionIdleMax after which silence a connection to a broker is closed
 */
public record KafkaConfig(
        Duration answerTimeout,
        Duration transferTimeout,
        Duration checkInterval,
        Duration metadataMaxAge,
        Duration connectionIdleMax,
        ConsumingConfig consuming,
        Publishing publishing) {

    private static final String PATH = "patchbay.connectivity.kafka";
    private static final String DITTO = "ditto.connectivity.connection.kafka";
    private static final String CLIENT = DITTO + ".consumer.pekko-connectors.kafka-clients";
    private static final String PRODUCER = DITTO + ".producer";

    /**
     * @param unansweredMax how many messages a link may have published without an answer
     * @param topicTimeout for the topic of a message to appear
     */
    public record Publishing(int unansweredMax, Duration topicTimeout) {

        public Publishing {
            if (unansweredMax < 1) {
                throw new IllegalArgumentException(
                        PRODUCER + ".queue-size must be 1 or more, not " + unansweredMax);
            }
            positive(PRODUCER + ".init-timeout-seconds", topicTimeout);
        }
    }

    public KafkaConfig {
        positive(PATH + ".answer-timeout", answerTimeout);
        positive(PATH + ".transfer-timeout", transferTimeout);
        if (transferTimeout.compareTo(answerTimeout) < 0) {
            transferTimeout = answerTimeout;
        }
        positive(PATH + ".check-interval", checkInterval);
        positive(CLIENT + ".metadata.max.age.ms", metadataMaxAge);
        positive(CLIENT + ".connections.max.idle.ms", connectionIdleMax);
        if (consuming.fetchMaxWait().compareTo(answerTimeout) >= 0) {
            throw new IllegalArgumentException(
                    CLIENT
                            + ".fetch.max.wait.ms must be less than "
                            + PATH
                            + ".answer-timeout, which is "
                            + answerTimeout.toMillis()
                            + " ms, not "
                            + consuming.fetchMaxWait().toMillis());
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    key + " must be greater than 0, not " + value.toMillis() + " ms");
        }
    }

    /** After which a message that no broker has taken is not published; it may be tried anew. */
    Duration publishingTimeout() {
        return transferTimeout.multipliedBy(2);
    }

    public static KafkaConfig of(Config root) {
        Config own = root.getConfig(PATH);
        Config client = root.getConfig(CLIENT);
        Config producer = root.getConfig(PRODUCER);
        return new KafkaConfig(
                own.getDuration("answer-timeout"),
                own.getDuration("transfer-timeout"),
                own.getDuration("check-interval"),
                Duration.ofMillis(client.getInt("metadata.max.age.ms")),
                Duration.ofMillis(client.getInt("connections.max.idle.ms")),
                ConsumingConfig.of(root),
                new Publishing(
                        producer.getInt("queue-size"),
                        Duration.ofSeconds(producer.getInt("init-timeout-seconds"))));
    }
}
