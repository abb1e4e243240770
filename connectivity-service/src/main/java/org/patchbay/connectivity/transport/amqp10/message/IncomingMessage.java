package org.patchbay.connectivity.transport.amqp10.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsBytesMessageFacade;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsTextMessageFacade;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.MediaType;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * A message that came.
 *
 * @param payload a text in the charset that the content type names, or bytes as they are
 */
public record IncomingMessage(Headers headers, ByteBuffer payload) {

    /**
     * Reads it.
     *
     * @param queue where it was received
     * @throws JMSException where its body is neither a text nor bytes
     */
    public static IncomingMessage of(Message message, JmsDestination queue) throws JMSException {
        if (!(message instanceof JmsMessage read)
                || !(read.getFacade() instanceof AmqpJmsMessageFacade facade)) {
            throw new JMSException("it is not one of AMQP 1.0");
        }
        Headers headers = IncomingHeaders.of(facade, queue);
        return switch (facade) {
            case AmqpJmsBytesMessageFacade bytes -> of(headers, bytes.copyBody());
            case AmqpJmsTextMessageFacade text -> ofText(headers, text.getText());
            case AmqpJmsMessageFacade other when isEmpty(other) -> of(headers, new byte[0]);
            default -> throw new JMSException("its body is neither a text nor bytes");
        };
    }

    private static IncomingMessage of(Headers headers, byte[] payload) {
        return new IncomingMessage(headers, ByteBuffer.wrap(payload).asReadOnlyBuffer());
    }

    /**
     * Whoever reads it goes by the charset of its content type. Where that has no signs for the
     * text, which AMQP carries as UTF-8 whatever the content type says, the content type changes.
     */
    private static IncomingMessage ofText(Headers headers, @Nullable String text) {
        if (text == null) {
            return of(headers, new byte[0]);
        }
        MediaType type = MediaType.of(headers.get(HeaderDefinition.CONTENT_TYPE));
        Charset charset = type.charset();
        if (charset.equals(StandardCharsets.UTF_8) || has(charset, text)) {
            return of(headers, text.getBytes(charset));
        }
        return of(
                headers.with(HeaderDefinition.CONTENT_TYPE, type.bare() + "; charset=UTF-8"),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** Some charsets can only be read. */
    private static boolean has(Charset charset, String text) {
        return charset.canEncode() && charset.newEncoder().canEncode(text);
    }

    private static boolean isEmpty(AmqpJmsMessageFacade facade) {
        return facade.getClass() == AmqpJmsMessageFacade.class && !facade.hasBody();
    }
}
