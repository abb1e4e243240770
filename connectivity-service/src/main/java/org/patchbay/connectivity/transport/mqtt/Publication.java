package org.patchbay.connectivity.transport.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * A message on its way out, its headers read: {@code mqtt.topic}, {@code mqtt.qos}, {@code
 * mqtt.retain} and {@code mqtt.message-expiry-interval} win over the target; those that are MQTT 5
 * properties become such, all others user properties.
 */
record Publication(
        MqttTopic topic,
        MqttQos qos,
        boolean retain,
        ByteBuffer payload,
        @Nullable MqttUtf8String contentType,
        @Nullable MqttTopic responseTopic,
        @Nullable ByteBuffer correlationData,
        @Nullable Long expirySeconds,
        List<Mqtt5UserProperty> userProperties) {

    private static final long EXPIRY_SECONDS_MAX = 0xFFFF_FFFFL;

    /** Type, two lengths of at most four bytes, packet id. */
    private static final int HEADER_BYTES_MAX = 1 + 4 + 4 + 2;

    /** Which the library adds where it can. */
    private static final int TOPIC_ALIAS_BYTES = 3;

    private static final int EXPIRY_BYTES = 5;
    private static final int LENGTH_BYTES = 2;

    /**
     * @param knownHeadersKept whether {@code mqtt.topic}, {@code mqtt.qos} and {@code mqtt.retain}
     *     become user properties, too
     * @throws org.patchbay.protocol.ProblemException where a header has a value that MQTT does not
     *     allow
     */
    static Publication of(Outbound message, boolean knownHeadersKept) {
        Headers headers = message.headers();
        String topic = headers.getOr(MqttHeaders.TOPIC, message.address());
        String contentType = headers.get(HeaderDefinition.CONTENT_TYPE);
        String replyTo = headers.get(HeaderDefinition.REPLY_TO);
        String correlation = headers.correlationId();
        return new Publication(
                topicOf(MqttHeaders.TOPIC, topic),
                qosOf(headers.get(MqttHeaders.QOS), message.qos()),
                retainOf(headers.get(MqttHeaders.RETAIN)),
                message.payload(),
                contentType == null ? null : textOf(HeaderDefinition.CONTENT_TYPE, contentType),
                replyTo == null ? null : topicOf(HeaderDefinition.REPLY_TO, replyTo),
                correlation == null ? null : MqttHeaders.bytes(correlation),
                expiryOf(headers.get(MqttHeaders.EXPIRY)),
                userProperties(headers, knownHeadersKept));
    }

    /** How many bytes it is sent with at most, over MQTT 5: header, topic, properties, payload. */
    long packetBytesMax() {
        long properties = TOPIC_ALIAS_BYTES;
        properties += contentType == null ? 0 : 1 + bytes(contentType);
        properties += responseTopic == null ? 0 : 1 + bytes(responseTopic);
        properties += correlationData == null ? 0 : 1 + LENGTH_BYTES + correlationData.remaining();
        properties += expirySeconds == null ? 0 : EXPIRY_BYTES;
        for (Mqtt5UserProperty one : userProperties) {
            properties += 1 + bytes(one.getName()) + bytes(one.getValue());
        }
        return HEADER_BYTES_MAX + bytes(topic) + properties + payload.remaining();
    }

    private static int bytes(MqttUtf8String text) {
        return LENGTH_BYTES + text.toByteBuffer().remaining();
    }

    private static MqttTopic topicOf(String header, String topic) {
        try {
            return MqttTopic.of(topic);
        } catch (IllegalArgumentException invalid) {
            throw invalid(header, "'" + topic + "' is not a topic to publish to").asException();
        }
    }

    private static MqttUtf8String textOf(String header, String text) {
        try {
            return MqttUtf8String.of(text);
        } catch (IllegalArgumentException invalid) {
            throw invalid(header, "MQTT does not allow all of its characters").asException();
        }
    }

    private static MqttQos qosOf(@Nullable String header, @Nullable Integer ofTarget) {
        String qos =
                header == null ? String.valueOf(ofTarget == null ? 0 : ofTarget) : header.strip();
        return switch (qos) {
            case "0" -> MqttQos.AT_MOST_ONCE;
            case "1" -> MqttQos.AT_LEAST_ONCE;
            case "2" -> MqttQos.EXACTLY_ONCE;
            default -> throw invalid(MqttHeaders.QOS, "it must be 0, 1 or 2").asException();
        };
    }

    private static boolean retainOf(@Nullable String header) {
        return switch (header == null ? "false" : header.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(MqttHeaders.RETAIN, "it must be true or false").asException();
        };
    }

    private static @Nullable Long expiryOf(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            long seconds = Long.parseLong(header.strip());
            if (seconds >= 0 && seconds <= EXPIRY_SECONDS_MAX) {
                return seconds;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, together with numbers out of range.
        }
        throw invalid(MqttHeaders.EXPIRY, "it must be a number of seconds").asException();
    }

    private static List<Mqtt5UserProperty> userProperties(
            Headers headers, boolean knownHeadersKept) {
        List<Mqtt5UserProperty> properties = new ArrayList<>();
        headers.forEach((name, value) -> {
            if (MqttHeaders.isUserProperty(name, knownHeadersKept) && !value.isBlank()) {
                properties.add(property(name, value));
            }
        });
        return properties;
    }

    private static Mqtt5UserProperty property(String name, String value) {
        boolean retain = name.equalsIgnoreCase(MqttHeaders.RETAIN);
        String written = retain ? value.strip().toLowerCase(Locale.ROOT) : value;
        return Mqtt5UserProperty.of(textOf(name, name), textOf(name, written));
    }

    private static Problem invalid(String header, String why) {
        return Problem.of(
                400,
                "connectivity:message.mapping.failed",
                "The message can't be published with its header '" + header + "': " + why + ".");
    }
}
