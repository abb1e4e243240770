package org.patchbay.connectivity.transport.amqp091;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.LongStringHelper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** Properties and headers of an AMQP 0.9.1 message as headers. */
final class Amqp091Headers {

    /** Delivery mode of a message that a broker keeps over a restart. */
    private static final int PERSISTENT = 2;

    /** Headers that AMQP 0.9.1 has properties of their own for. */
    private static final Set<String> PROPERTIES =
            Set.of(
                    HeaderDefinition.CONTENT_TYPE,
                    HeaderDefinition.REPLY_TO,
                    HeaderDefinition.CORRELATION_ID);

    private Amqp091Headers() {}

    /** What the properties say wins over what headers of the same name say. */
    static Headers of(BasicProperties properties) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (properties.getHeaders() != null) {
            properties
                    .getHeaders()
                    .forEach((name, value) -> {
                        if (value != null) {
                            headers.put(name, text(value));
                        }
                    });
        }
        if (properties.getContentType() != null) {
            headers.put(HeaderDefinition.CONTENT_TYPE, properties.getContentType());
        }
        if (properties.getReplyTo() != null) {
            headers.put(HeaderDefinition.REPLY_TO, properties.getReplyTo());
        }
        if (properties.getCorrelationId() != null) {
            headers.put(HeaderDefinition.CORRELATION_ID, properties.getCorrelationId());
        }
        return Headers.of(headers);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : value.toString();
    }

    /**
     * Headers as properties and headers.
     *
     * @throws IllegalArgumentException that says which of them is too long
     */
    static BasicProperties properties(Headers headers) {
        Map<String, Object> others = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            if (!PROPERTIES.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                ShortText.check("the name of the header '" + name + "'", name);
                others.put(name, LongStringHelper.asLongString(value));
            }
        });
        return new BasicProperties.Builder()
                .contentType(property(headers, HeaderDefinition.CONTENT_TYPE))
                .replyTo(property(headers, HeaderDefinition.REPLY_TO))
                .correlationId(property(headers, HeaderDefinition.CORRELATION_ID))
                .headers(others)
                .deliveryMode(PERSISTENT)
                .build();
    }

    private static @Nullable String property(Headers headers, String name) {
        String value = headers.get(name);
        ShortText.check("the header '" + name + "'", value);
        return value;
    }
}
