package org.patchbay.connectivity.transport.amqp10.message;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.provider.amqp.message.AmqpCodec;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.jms.provider.amqp.message.AmqpWritableBuffer;
import org.apache.qpid.jms.util.ContentTypeSupport;
import org.apache.qpid.jms.util.InvalidContentTypeException;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.codec.WritableBuffer;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.protocol.header.HeaderDefinition;

/**
 * A message as its headers say it is. JMS would set properties of its own accord and can't set
 * {@code to}, {@code message-id} and others at all, so that this one writes itself.
 */
public final class OutgoingMessage extends AmqpJmsMessageFacade {

    /** How users of JMS tell texts from bytes. */
    private static final Symbol TYPE = Symbol.valueOf("x-opt-jms-msg-type");

    private static final byte BYTES = 3;
    private static final byte TEXT = 5;

    private final Properties properties = new Properties();
    private final Map<Symbol, Object> annotations = new LinkedHashMap<>();
    private final Map<String, Object> applicationProperties = new LinkedHashMap<>();
    private final Section body;
    private volatile @Nullable String outcome;

    private OutgoingMessage(Section body, byte type) {
        this.body = body;
        annotations.put(TYPE, type);
    }

    /**
     * A text where the content type is one of text, else bytes.
     *
     * @throws IllegalArgumentException that says which header can't be what it is
     */
    public static OutgoingMessage of(Outbound message) {
        String text = text(message);
        OutgoingMessage made =
                text == null
                        ? new OutgoingMessage(new Data(bytes(message.payload())), BYTES)
                        : new OutgoingMessage(new AmqpValue(text), TEXT);
        message.headers().forEach(made::put);
        return made;
    }

    private void put(String header, String value) {
        MessageProperties property = MessageProperties.of(header);
        String lower = header.toLowerCase(Locale.ROOT);
        if (property != null) {
            property.set(properties, value);
        } else if (lower.startsWith(IncomingHeaders.APPLICATION_PROPERTY)) {
            applicationProperties.put(
                    header.substring(IncomingHeaders.APPLICATION_PROPERTY.length()), value);
        } else if (lower.startsWith(IncomingHeaders.ANNOTATION)) {
            annotations.put(
                    Symbol.valueOf(header.substring(IncomingHeaders.ANNOTATION.length())), value);
        } else {
            applicationProperties.put(header, value);
        }
    }

    private static @Nullable String text(Outbound message) {
        String contentType = message.headers().get(HeaderDefinition.CONTENT_TYPE);
        try {
            if (contentType != null
                    && ContentTypeSupport.parseContentTypeForTextualCharset(contentType) != null) {
                CharBuffer decoded =
                        StandardCharsets.UTF_8.newDecoder().decode(message.payload().duplicate());
                return decoded.toString();
            }
        } catch (InvalidContentTypeException | CharacterCodingException e) {
            // Bytes, then.
        }
        return null;
    }

    private static Binary bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return new Binary(bytes);
    }

    void settledAs(@Nullable String theOutcome) {
        outcome = theOutcome;
    }

    /** Whether the broker said of this message that it is not wanted. */
    public boolean isRejected() {
        return "Rejected".equals(outcome);
    }

    @Override
    public void setDestination(JmsDestination destination) {
        if (properties.getTo() == null) {
            properties.setTo(destination.getAddress());
        }
    }

    @Override
    public void setTimestamp(long timestamp) {
        if (properties.getCreationTime() == null) {
            MessageProperties.CREATION_TIME.set(properties, String.valueOf(timestamp));
        }
    }

    @Override
    public void onSend(long timeToLive) {
        if (properties.getMessageId() == null) {
            properties.setMessageId(getProviderMessageIdObject());
        }
    }

    @Override
    public ByteBuf encodeMessage() {
        Header header = new Header();
        header.setDurable(true);
        AmqpWritableBuffer buffer = new AmqpWritableBuffer();
        EncoderImpl encoder = AmqpCodec.getEncoder();
        encoder.setByteBuffer(buffer);
        encoder.writeObject(header);
        encoder.writeObject(new MessageAnnotations(annotations));
        encoder.writeObject(properties);
        if (!applicationProperties.isEmpty()) {
            encoder.writeObject(new ApplicationProperties(applicationProperties));
        }
        encoder.writeObject(body);
        encoder.setByteBuffer((WritableBuffer) null);
        return buffer.getBuffer();
    }
}
