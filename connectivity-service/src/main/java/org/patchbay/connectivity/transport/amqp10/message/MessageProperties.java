package org.patchbay.connectivity.transport.amqp10.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.qpid.jms.exceptions.IdConversionException;
import org.apache.qpid.jms.provider.amqp.message.AmqpMessageIdHelper;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.HeaderDefinition;

/** The properties that AMQP 1.0 has names and types for, each with the header it is. */
enum MessageProperties {
    MESSAGE_ID("message-id", (to, text) -> to.setMessageId(id(text))),
    USER_ID(
            "user-id",
            (to, text) -> to.setUserId(new Binary(text.getBytes(StandardCharsets.UTF_8)))),
    TO("to", Properties::setTo),
    SUBJECT("subject", Properties::setSubject),
    REPLY_TO(HeaderDefinition.REPLY_TO, Properties::setReplyTo),
    CORRELATION_ID(HeaderDefinition.CORRELATION_ID, (to, text) -> to.setCorrelationId(id(text))),
    CONTENT_TYPE(
            HeaderDefinition.CONTENT_TYPE, (to, text) -> to.setContentType(Symbol.valueOf(text))),
    ABSOLUTE_EXPIRY_TIME(
            "absolute-expiry-time", (to, text) -> to.setAbsoluteExpiryTime(time(text))),
    CREATION_TIME("creation-time", (to, text) -> to.setCreationTime(time(text))),
    GROUP_ID("group-id", Properties::setGroupId),
    GROUP_SEQUENCE("group-sequence", (to, text) -> to.setGroupSequence(number(text))),
    REPLY_TO_GROUP_ID("reply-to-group-id", Properties::setReplyToGroupId);

    private static final Map<String, MessageProperties> BY_HEADER = new LinkedHashMap<>();

    static {
        for (MessageProperties one : values()) {
            BY_HEADER.put(one.header, one);
        }
    }

    private final String header;
    private final BiConsumer<Properties, String> setter;

    MessageProperties(String header, BiConsumer<Properties, String> setter) {
        this.header = header;
        this.setter = setter;
    }

    /** The property that a header of this name is; null where it is none. */
    static @Nullable MessageProperties of(String header) {
        return BY_HEADER.get(header.toLowerCase(Locale.ROOT));
    }

    String header() {
        return header;
    }

    /**
     * Sets it.
     *
     * @throws IllegalArgumentException that names the header where it can't be of this value
     */
    void set(Properties to, String value) {
        try {
            setter.accept(to, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the header '" + header + "' can't be '" + value + "': " + e.getMessage(), e);
        }
    }

    /** With the prefixes that tell of which type an id is that had come from somebody. */
    private static Object id(String text) {
        try {
            return AmqpMessageIdHelper.hasMessageIdPrefix(text)
                    ? AmqpMessageIdHelper.toIdObject(text)
                    : text;
        } catch (IdConversionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Date time(String text) {
        long millis = parsed(text, Long::valueOf, "milliseconds since 1970");
        return Date.from(Instant.ofEpochMilli(millis));
    }

    private static UnsignedInteger number(String text) {
        return parsed(text, UnsignedInteger::valueOf, "a number from 0 to 4294967295");
    }

    private static <T> T parsed(String text, Function<String, T> parser, String allowed) {
        try {
            return parser.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it is " + allowed, e);
        }
    }
}
