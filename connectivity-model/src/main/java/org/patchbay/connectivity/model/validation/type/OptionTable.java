package org.patchbay.connectivity.model.validation.type;

import static java.util.Map.entry;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Diverting;
import org.patchbay.connectivity.model.option.OptionKind;

/** The documented options of {@code specificConfig}, type by type; any other may be anything. */
public final class OptionTable {

    static final String TENANT = "honoTenantId";

    private static final OptionKind FLAG = OptionKind.FLAG;
    private static final OptionKind TEXT = OptionKind.TEXT;

    private static final OptionKind NOT_BLANK =
            OptionKind.matching(text -> !text.isBlank(), "a text that is not blank");

    private static final OptionKind CONNECTION_IDS =
            OptionKind.listOf(
                    OptionKind.matching(
                            Pattern.compile("[a-zA-Z0-9\\-_:]{1,100}").asMatchPredicate(),
                            "ids of connections"));

    private static final OptionKind SASL_MECHANISM =
            OptionKind.oneOf("plain", "scram-sha-256", "scram-sha-512");

    /**
     * The diversion of responses: the same for all types. Those of dead letters: {@link
     * DeadLetterChecks}.
     */
    private static final Map<String, OptionKind> ALL =
            Map.of(
                    Diverting.IS_SOURCE, FLAG,
                    Diverting.IS_TARGET, FLAG,
                    Diverting.PRESERVES_REPLIES, FLAG,
                    Diverting.AUTHORIZED_SOURCES, CONNECTION_IDS);

    private static final Map<String, OptionKind> MQTT =
            Map.ofEntries(
                    entry("clientId", mqttText()),
                    entry("publisherId", mqttText()),
                    entry("cleanSession", FLAG),
                    entry("separatePublisherClient", FLAG),
                    entry("reconnectForRedelivery", FLAG),
                    entry(
                            "reconnectForRedeliveryDelay",
                            OptionKind.duration(Duration.ofSeconds(1), Duration.ofDays(1))),
                    entry(
                            "keepAlive",
                            OptionKind.duration(Duration.ZERO, Duration.ofSeconds(65_535))),
                    entry(
                            "lastWillTopic",
                            OptionKind.matching(
                                    topic -> MqttTopics.isTopic(topic) && topic.indexOf('{') < 0,
                                    "a topic without wildcards and placeholders")),
                    entry("lastWillQos", OptionKind.number(0, 2)),
                    entry("lastWillRetain", FLAG),
                    entry("lastWillMessage", mqttText()));

    private static final Map<String, OptionKind> KAFKA =
            Map.of(
                    "bootstrapServers", TEXT,
                    "saslMechanism", SASL_MECHANISM,
                    "debugEnabled", FLAG,
                    "groupId", NOT_BLANK);

    /** The rest comes from the installation's settings, whatever stands here. */
    private static final Map<String, OptionKind> HONO =
            Map.of(
                    TENANT,
                    OptionKind.matching(
                            Pattern.compile("[a-zA-Z0-9._-]{1,200}").asMatchPredicate(),
                            "1 to 200 letters, digits, dots, underscores and hyphens: it"
                                    + " becomes part of the names of topics"),
                    "debugEnabled",
                    FLAG,
                    "groupId",
                    NOT_BLANK);

    private static final Map<String, OptionKind> HTTP =
            Map.of(
                    "parallelism", OptionKind.number(1, 1_000),
                    "omitRequestBody",
                            OptionKind.listOf(
                                    OptionKind.oneOf(
                                            "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD",
                                            "OPTIONS")));

    private OptionTable() {}

    /** What the option of this name may be; {@link OptionKind#TEXT} where nobody knows it. */
    static OptionKind of(ConnectionType type, String name) {
        OptionKind kind = ALL.get(name);
        if (kind == null) {
            kind = of(type).get(type == ConnectionType.AMQP_10 ? JmsOptions.plain(name) : name);
        }
        return kind == null ? TEXT : kind;
    }

    /** The options that a type has for itself, and what each may be. */
    public static Map<String, OptionKind> of(ConnectionType type) {
        return switch (type) {
            case MQTT, MQTT_5 -> MQTT;
            case KAFKA -> KAFKA;
            case HONO -> HONO;
            case HTTP_PUSH -> HTTP;
            case AMQP_10 -> JmsOptions.ALL;
            case AMQP_091 -> Map.of();
        };
    }

    private static OptionKind mqttText() {
        return OptionKind.matching(
                text ->
                        text.getBytes(StandardCharsets.UTF_8).length <= MqttTopics.BYTES_MAX
                                && text.indexOf('\0') < 0,
                "a text of at most " + MqttTopics.BYTES_MAX + " bytes without NUL");
    }
}
