package org.patchbay.connectivity.transport.mqtt;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.option.DeadLetterOptions;
import org.patchbay.connectivity.model.option.OptionValues;
import org.patchbay.connectivity.transport.Failure;

/**
 * How one client of a connection shows itself to the broker: the connection's {@code
 * specificConfig} over the operator's defaults. Keys not known here are left to whom they concern.
 *
 * @param clientId the same after every restart, since the broker keeps unacknowledged messages
 *     under it
 * @param publisherId of a second link for publishing; null where one link does both
 * @param sessionKept whether the broker keeps what it has not delivered when the link is down
 * @param reconnectForRedelivery null where a message given up on is not asked for again, as where
 *     no session is kept: the broker would not send it again
 */
record MqttOptions(
        String clientId,
        @Nullable String publisherId,
        boolean cleanSession,
        Duration sessionExpiry,
        boolean sessionKept,
        Duration keepAlive,
        int receiveMaximum,
        @Nullable Duration reconnectForRedelivery,
        @Nullable LastWill lastWill) {

    record LastWill(String topic, int qos, boolean retain, String message) {}

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);
    private static final Duration KEEP_ALIVE_MAX = Duration.ofSeconds(65_535);

    /** Said of a session that is kept for ever. */
    private static final Duration SESSION_EXPIRY_MAX = Duration.ofSeconds(0xFFFF_FFFFL);

    private static final Duration RECONNECT_DELAY_MIN = Duration.ofSeconds(1);

    /**
     * @throws Failure where a value can't be read
     */
    static MqttOptions of(Connection connection, int clientIndex, MqttConfig config) {
        Map<String, String> own = connection.specificConfig();
        String suffix = clientIndex == 0 ? "" : "-" + clientIndex;
        String clientId = own.getOrDefault("clientId", connection.id());
        String publisherId = own.getOrDefault("publisherId", clientId + "p");
        boolean reconnect = flag(own, "reconnectForRedelivery", config.reconnectForRedelivery());
        Duration delay =
                duration(own, "reconnectForRedeliveryDelay", config.reconnectForRedeliveryDelay());
        boolean cleanSession = flag(own, "cleanSession", config.cleanSession());
        Duration sessionExpiry = inSeconds(atMost(SESSION_EXPIRY_MAX, config.sessionExpiry()));
        boolean expires = connection.type() == ConnectionType.MQTT_5 && sessionExpiry.isZero();
        boolean sessionKept = !cleanSession && !expires;
        boolean separate = flag(own, "separatePublisherClient", config.separatePublisher());
        return new MqttOptions(
                clientId + suffix,
                separate || sessionKept && publishesExactlyOnce(connection)
                        ? publisherId + suffix
                        : null,
                cleanSession,
                sessionExpiry,
                sessionKept,
                inSeconds(atMost(KEEP_ALIVE_MAX, duration(own, "keepAlive", KEEP_ALIVE))),
                config.receiveMaximum(),
                reconnect && sessionKept ? atLeast(RECONNECT_DELAY_MIN, delay) : null,
                lastWill(own));
    }

    /**
     * Whether QoS 2 is to be foreseen; a mapper may still ask for it. A broker that keeps a session
     * also keeps which packet ids of QoS 2 it has seen of it. A client that starts anew counts from
     * the first id again, and the broker would take its message for one that it has had, and lose
     * it. A session that is not kept has no such memory.
     */
    private static boolean publishesExactlyOnce(Connection connection) {
        return DeadLetterOptions.areWanted(connection) && DeadLetterOptions.qos(connection) == 2
                || connection.targets().stream()
                        .anyMatch(target -> Integer.valueOf(2).equals(target.qos()))
                || headerMappings(connection)
                        .flatMap(mapping -> mapping.keySet().stream())
                        .anyMatch(MqttHeaders.QOS::equalsIgnoreCase);
    }

    /** Those of what is published. */
    private static Stream<Map<String, String>> headerMappings(Connection connection) {
        return Stream.concat(
                connection.targets().stream().map(Target::headerMapping),
                connection.sources().stream()
                        .map(Source::replyTarget)
                        .filter(Source.ReplyTarget::enabled)
                        .map(Source.ReplyTarget::headerMapping));
    }

    /** The second link keeps nothing between its lives: it receives nothing. */
    MqttOptions forPublishing(String id) {
        return new MqttOptions(
                id, null, true, sessionExpiry, false, keepAlive, receiveMaximum, null, null);
    }

    private static @Nullable LastWill lastWill(Map<String, String> own) {
        String topic = own.get("lastWillTopic");
        if (topic == null || topic.isBlank()) {
            return null;
        }
        return new LastWill(
                topic,
                qos(own.getOrDefault("lastWillQos", "0")),
                flag(own, "lastWillRetain", false),
                own.getOrDefault("lastWillMessage", ""));
    }

    private static int qos(String text) {
        return switch (text.strip()) {
            case "0" -> 0;
            case "1" -> 1;
            case "2" -> 2;
            default -> throw wrong("lastWillQos", "0, 1 or 2");
        };
    }

    private static boolean flag(Map<String, String> own, String key, boolean otherwise) {
        String text = own.get(key);
        if (text == null) {
            return otherwise;
        }
        Boolean value = OptionValues.flag(text);
        if (value == null) {
            throw wrong(key, "true or false");
        }
        return value;
    }

    private static Duration duration(Map<String, String> own, String key, Duration otherwise) {
        String text = own.get(key);
        if (text == null) {
            return otherwise;
        }
        Duration value = OptionValues.duration(text);
        if (value == null) {
            throw wrong(key, "a duration such as 30s or 2m");
        }
        return value;
    }

    private static Duration atLeast(Duration bound, Duration duration) {
        return duration.compareTo(bound) < 0 ? bound : duration;
    }

    private static Duration atMost(Duration bound, Duration duration) {
        return duration.compareTo(bound) > 0 ? bound : duration;
    }

    /** What MQTT counts in seconds; of a fraction a whole one, for zero says something else. */
    private static Duration inSeconds(Duration duration) {
        return duration.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Failure wrong(String key, String allowed) {
        return Failure.byUser("specificConfig '" + key + "' must be " + allowed + ".", null)
                .in(Layer.CONFIGURATION);
    }
}
