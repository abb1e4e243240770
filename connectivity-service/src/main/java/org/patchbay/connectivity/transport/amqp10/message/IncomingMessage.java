package org.patchbay.connectivity.transport.amqp10.message;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsBytesMessageFacade;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsTextMessageFacade;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.Headers;

/**
 * A message that came.
 *
 * @param payload a text in UTF-8, or bytes as they are
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
        byte[] payload =
                switch (facade) {
                    case AmqpJmsBytesMessageFacade bytes -> bytes.copyBody();
                    case AmqpJmsTextMessageFacade text -> utf8(text.getText());
                    case AmqpJmsMessageFacade other when isEmpty(other) -> new byte[0];
                    default -> throw new JMSException("its body is neither a text nor bytes");
                };
        return new IncomingMessage(
                IncomingHeaders.of(facade, queue), ByteBuffer.wrap(payload).asReadOnlyBuffer());
    }

    private static boolean isEmpty(AmqpJmsMessageFacade facade) {
        return facade.getClass() == AmqpJmsMessageFacade.class && !facade.hasBody();
    }

    private static byte[] utf8(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
