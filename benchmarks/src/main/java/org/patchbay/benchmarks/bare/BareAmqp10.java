package org.patchbay.benchmarks.bare;

import jakarta.jms.BytesMessage;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.JmsQueue;

/** AMQP 1.0: each message is accepted by itself; the prefetch is the one that Patchbay has. */
final class BareAmqp10 {

    /** The library's own mode: one by one. */
    private static final int INDIVIDUAL_ACKNOWLEDGE = 101;

    private BareAmqp10() {}

    static void start(int port, String queueIn, String queueOut) throws JMSException {
        var factory =
                new JmsConnectionFactory("amqp://127.0.0.1:" + port + "?jms.prefetchPolicy.all=10");
        Connection sending = factory.createConnection();
        sending.start();
        Session out = sending.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = out.createProducer(new JmsQueue(queueOut));
        Connection receiving = factory.createConnection();
        Session in = receiving.createSession(false, INDIVIDUAL_ACKNOWLEDGE);
        MessageConsumer consumer = in.createConsumer(new JmsQueue(queueIn));
        consumer.setMessageListener(message -> {
            try {
                BytesMessage next = out.createBytesMessage();
                next.writeBytes(message.getBody(byte[].class));
                producer.send(next, acknowledging(message));
            } catch (JMSException e) {
                throw new IllegalStateException(e);
            }
        });
        receiving.start();
    }

    private static CompletionListener acknowledging(Message received) {
        return new CompletionListener() {
            @Override
            public void onCompletion(Message sent) {
                try {
                    received.acknowledge();
                } catch (JMSException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void onException(Message sent, Exception cause) {
                throw new IllegalStateException("The broker does not take it", cause);
            }
        };
    }
}
