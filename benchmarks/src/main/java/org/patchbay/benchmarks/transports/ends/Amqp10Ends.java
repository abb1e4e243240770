package org.patchbay.benchmarks.transports.ends;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.JmsQueue;
import org.patchbay.benchmarks.load.Ends;

/** Durable messages to a queue; what is in the other queue counts as taken when it is heard. */
public final class Amqp10Ends implements Ends {

    private static final CompletionListener UNHEEDED =
            new CompletionListener() {
                @Override
                public void onCompletion(Message sent) {}

                @Override
                public void onException(Message sent, Exception cause) {}
            };

    private final Way way;
    private final Connection sending;
    private final Connection hearing;
    private final Session sender;
    private final MessageProducer producer;

    public Amqp10Ends(int port, Way way) throws JMSException {
        this.way = way;
        var factory = new JmsConnectionFactory("amqp://127.0.0.1:" + port);
        sending = factory.createConnection();
        sending.start();
        sender = sending.createSession(false, Session.AUTO_ACKNOWLEDGE);
        producer = sender.createProducer(new JmsQueue(way.in()));
        hearing = factory.createConnection();
    }

    @Override
    public void hear(Consumer<ByteBuffer> payloads) throws JMSException {
        Session session = hearing.createSession(false, Session.AUTO_ACKNOWLEDGE);
        session.createConsumer(new JmsQueue(way.out()))
                .setMessageListener(message -> payloads.accept(payload(message)));
        hearing.start();
    }

    private static ByteBuffer payload(Message message) {
        try {
            return switch (message) {
                case TextMessage text ->
                        ByteBuffer.wrap(text.getText().getBytes(StandardCharsets.UTF_8));
                default -> ByteBuffer.wrap(message.getBody(byte[].class));
            };
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void send(int number, byte[] payload) throws JMSException {
        BytesMessage message = sender.createBytesMessage();
        message.writeBytes(payload);
        producer.send(message, UNHEEDED);
    }

    @Override
    public void close() {
        try {
            sending.close();
            hearing.close();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
