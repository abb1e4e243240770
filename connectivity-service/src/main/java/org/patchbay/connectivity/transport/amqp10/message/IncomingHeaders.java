package org.patchbay.connectivity.transport.amqp10.message;

import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.jms.provider.amqp.message.AmqpMessageIdHelper;
import org.apache.qpid.proton.amqp.Binary;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.Headers;

/** Properties, application properties and message annotations of an AMQP 1.0 message as headers. */
final class IncomingHeaders {

    /** Tells an application property from the property that has the same name. */
    static final String APPLICATION_PROPERTY = "amqp.application.property:";

    static final String ANNOTATION = "amqp.message.annotation:";

    private final Map<String, String> headers = new LinkedHashMap<>();

    private IncomingHeaders() {}

    /**
     * All headers of a message.
     *
     * @param queue what the library says a message is addressed to that does not say it
     */
    static Headers of(AmqpJmsMessageFacade message, JmsDestination queue) throws JMSException {
        IncomingHeaders made = new IncomingHeaders();
        made.putProperties(message, queue);
        for (String name : message.getApplicationPropertyNames(new LinkedHashSet<>())) {
            boolean collides = MessageProperties.of(name) != null;
            made.putValue(
                    collides ? APPLICATION_PROPERTY + name : name,
                    message.getApplicationProperty(name));
        }
        message.filterTracingAnnotations((name, value) -> made.putValue(ANNOTATION + name, value));
        return Headers.of(made.headers);
    }

    private void putProperties(AmqpJmsMessageFacade message, JmsDestination queue)
            throws JMSException {
        put(MessageProperties.MESSAGE_ID, messageId(message.getProviderMessageIdObject()));
        put(MessageProperties.USER_ID, message.getUserId());
        JmsDestination to = message.getDestination();
        if (to != queue) {
            put(MessageProperties.TO, to.getAddress());
        }
        put(MessageProperties.SUBJECT, message.getType());
        JmsDestination replyTo = message.getReplyTo();
        put(MessageProperties.REPLY_TO, replyTo == null ? null : replyTo.getAddress());
        put(MessageProperties.CORRELATION_ID, message.getCorrelationId());
        put(MessageProperties.CONTENT_TYPE, text(message.getContentType()));
        put(MessageProperties.ABSOLUTE_EXPIRY_TIME, unlessZero(message.getExpiration()));
        put(MessageProperties.CREATION_TIME, unlessZero(message.getTimestamp()));
        put(MessageProperties.GROUP_ID, message.getGroupId());
        long sequence = Integer.toUnsignedLong(message.getGroupSequence());
        put(MessageProperties.GROUP_SEQUENCE, unlessZero(sequence));
        put(MessageProperties.REPLY_TO_GROUP_ID, message.getReplyToGroupId());
    }

    private void put(MessageProperties property, @Nullable String value) {
        if (value != null) {
            headers.put(property.header(), value);
        }
    }

    private void putValue(String header, @Nullable Object value) {
        String text = text(value);
        if (text != null) {
            headers.put(header, text);
        }
    }

    /** A text as it is; other types so that they can be told when it comes back. */
    private static @Nullable String messageId(@Nullable Object id) {
        return id == null || id instanceof String
                ? (String) id
                : AmqpMessageIdHelper.toMessageIdString(id);
    }

    private static @Nullable String unlessZero(long number) {
        return number == 0 ? null : String.valueOf(number);
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Binary bytes ->
                    new String(
                            bytes.getArray(),
                            bytes.getArrayOffset(),
                            bytes.getLength(),
                            StandardCharsets.UTF_8);
            default -> value.toString();
        };
    }
}
