package org.patchbay.connectivity.model.validation.type;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.ConnectionType;

/**
 * What one type of connection allows.
 *
 * @param schemes of the URI, empty for any
 * @param qos of sources and targets, empty where the type has none
 * @param source addresses to consume from
 * @param target addresses to publish to, placeholders and all
 */
public record TypeRules(
        List<String> schemes, List<Integer> qos, Addresses source, Addresses target) {

    /** Which addresses there are, and how to say so. */
    public record Addresses(Predicate<String> allows, String advice) {

        private static Addresses matching(String regex, String advice) {
            return new Addresses(Pattern.compile(regex, Pattern.DOTALL).asMatchPredicate(), advice);
        }
    }

    private static final Addresses ANY = new Addresses(_ -> true, "Any.");

    private static final TypeRules MQTT =
            new TypeRules(
                    List.of("tcp", "mqtt", "ssl", "mqtts"),
                    List.of(0, 1, 2),
                    new Addresses(
                            MqttTopics::isFilter,
                            "+ stands for one level, # for all that follow, each alone between"
                                    + " slashes; # comes last. A topic has at most 65535 bytes."),
                    new Addresses(
                            MqttTopics::isTopic,
                            "The wildcards + and # are for sources only; a topic has at most 65535"
                                    + " bytes."));

    private static final List<String> AMQP_SCHEMES = List.of("amqp", "amqps");

    private static final TypeRules AMQP_091 =
            new TypeRules(
                    AMQP_SCHEMES,
                    List.of(),
                    new Addresses(
                            queue -> queue.getBytes(StandardCharsets.UTF_8).length <= 255,
                            "The name of a queue has at most 255 bytes."),
                    ANY);

    private static final TypeRules AMQP_10 = new TypeRules(AMQP_SCHEMES, List.of(), ANY, ANY);

    private static final TypeRules KAFKA =
            new TypeRules(
                    List.of("tcp", "ssl"),
                    List.of(0, 1),
                    Addresses.matching(
                            "[a-zA-Z0-9._-]{1,249}",
                            "A topic has 1 to 249 letters, digits, dots, underscores and hyphens."),
                    new Addresses(
                            KafkaTopics::isTarget,
                            "Allowed: TOPIC, TOPIC/KEY or TOPIC#PARTITION; a topic has letters,"
                                    + " digits, dots, underscores and hyphens."));

    private static final TypeRules HONO =
            new TypeRules(
                    List.of(),
                    List.of(0, 1),
                    Addresses.matching(
                            "event|telemetry|command_response",
                            "Allowed: event, telemetry, command_response."),
                    Addresses.matching("command", "Allowed: command."));

    private static final TypeRules HTTP =
            new TypeRules(
                    List.of("http", "https"),
                    List.of(),
                    ANY,
                    Addresses.matching(
                            "(GET|POST|PUT|PATCH|DELETE):.*",
                            "Allowed: METHOD:/PATH with GET, POST, PUT, PATCH or DELETE."));

    private static final Map<ConnectionType, TypeRules> TABLE =
            Map.of(
                    ConnectionType.AMQP_091, AMQP_091,
                    ConnectionType.AMQP_10, AMQP_10,
                    ConnectionType.MQTT, MQTT,
                    ConnectionType.MQTT_5, MQTT,
                    ConnectionType.KAFKA, KAFKA,
                    ConnectionType.HONO, HONO,
                    ConnectionType.HTTP_PUSH, HTTP);

    public static TypeRules of(ConnectionType type) {
        TypeRules rules = TABLE.get(type);
        if (rules == null) {
            throw new IllegalStateException(type.wireName());
        }
        return rules;
    }
}
