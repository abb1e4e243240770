package org.patchbay.connectivity.transport.mqtt;

import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** MQTT properties as headers. */
final class MqttHeaders {

    static final String TOPIC = "mqtt.topic";
    static final String QOS = "mqtt.qos";
    static final String RETAIN = "mqtt.retain";
    static final String EXPIRY = "mqtt.message-expiry-interval";

    /** Headers that MQTT 5 has properties of their own for. */
    private static final Set<String> PROPERTIES =
            Set.of(
                    EXPIRY,
                    HeaderDefinition.CONTENT_TYPE,
                    HeaderDefinition.REPLY_TO,
                    HeaderDefinition.CORRELATION_ID);

    /** Headers that say how a message is published. */
    private static final Set<String> KNOWN = Set.of(TOPIC, QOS, RETAIN);

    private MqttHeaders() {}

    /**
     * @param knownKept whether those that say how a message is published are user properties, too
     */
    static boolean isUserProperty(String name, boolean knownKept) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !PROPERTIES.contains(lower) && (knownKept || !KNOWN.contains(lower));
    }

    static Headers of(Mqtt3Publish message) {
        return Headers.of(
                Map.of(
                        TOPIC, message.getTopic().toString(),
                        QOS, String.valueOf(message.getQos().getCode()),
                        RETAIN, String.valueOf(message.isRetain())));
    }

    /** What the protocol says wins over what user properties of the same name say. */
    static Headers of(Mqtt5Publish message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.getUserProperties()
                .asList()
                .forEach(one -> headers.put(one.getName().toString(), one.getValue().toString()));
        headers.put(TOPIC, message.getTopic().toString());
        headers.put(QOS, String.valueOf(message.getQos().getCode()));
        headers.put(RETAIN, String.valueOf(message.isRetain()));
        message.getMessageExpiryInterval()
                .ifPresent(seconds -> headers.put(EXPIRY, String.valueOf(seconds)));
        message.getContentType()
                .ifPresent(type -> headers.put(HeaderDefinition.CONTENT_TYPE, type.toString()));
        message.getResponseTopic()
                .ifPresent(topic -> headers.put(HeaderDefinition.REPLY_TO, topic.toString()));
        message.getCorrelationData()
                .ifPresent(data -> headers.put(HeaderDefinition.CORRELATION_ID, text(data)));
        return Headers.of(headers);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
