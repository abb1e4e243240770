package org.patchbay.connectivity.broker;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.jms.JmsQueue;
import org.apache.qpid.jms.JmsTopic;
import org.jspecify.annotations.Nullable;

/** Somebody else at an AMQP 1.0 broker. */
public final class Amqp10Probe implements AutoCloseable {

    /** Fills in a message. */
    @FunctionalInterface
    public interface Draft {
        Message in(Session session) throws JMSException;
    }

    @FunctionalInterface
    private interface Asking<T> {
        T ask() throws JMSException;
    }

    private final Connection connection;
    private final Session sending;
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private @Nullable MessageConsumer listening;

    private Amqp10Probe(Connection connection) throws JMSException {
        this.connection = connection;
        connection.start();
        sending = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    public static Amqp10Probe at(TestBroker broker) {
        return asked(
                () -> new Amqp10Probe(new JmsConnectionFactory(broker.uri()).createConnection()));
    }

    /** At a broker that lets in nobody who does not say who it is. */
    public static Amqp10Probe at(TestBroker broker, String user, String password) {
        return asked(() -> {
            var factory =
                    new JmsConnectionFactory(broker.scheme() + "://127.0.0.1:" + broker.port());
            return new Amqp10Probe(factory.createConnection(user, password));
        });
    }

    /** Returns when the broker has it. */
    public void send(String queue, String payload) {
        send(new JmsQueue(queue), session -> session.createTextMessage(payload));
    }

    /** Returns when the broker has it. */
    public void send(Destination to, Draft draft) {
        asked(() -> {
            try (MessageProducer producer = sending.createProducer(to)) {
                producer.send(draft.in(sending));
            }
            return to;
        });
    }

    /** Returns when the broker has all of them. */
    public void sendAll(String queue, List<String> payloads) {
        asked(() -> {
            try (MessageProducer producer = sending.createProducer(new JmsQueue(queue))) {
                for (String payload : payloads) {
                    producer.send(sending.createTextMessage(payload));
                }
            }
            return queue;
        });
    }

    /** Takes so many messages that are there, in one go. */
    public List<String> take(String queue, long count) {
        return asked(() -> {
            List<String> taken = new ArrayList<>();
            try (Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
                MessageConsumer consumer = session.createConsumer(new JmsQueue(queue));
                while (taken.size() < count) {
                    taken.add(payload(consumer.receive()));
                }
                session.commit();
            }
            return taken;
        });
    }

    /** Takes what comes from now on, and what is there. */
    public Amqp10Probe listen(Destination from) {
        return asked(() -> {
            Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
            listening = session.createConsumer(from);
            listening.setMessageListener(heard::add);
            return this;
        });
    }

    /** Takes what comes from now on. */
    public Amqp10Probe listenToTopic(String topic) {
        return listen(new JmsTopic(topic));
    }

    public boolean isListening() {
        return listening != null;
    }

    public List<Message> heard() {
        return heard;
    }

    public List<String> payloads() {
        return heard.stream().map(Amqp10Probe::payload).toList();
    }

    public static String payload(Message message) {
        return asked(() -> {
            if (message instanceof TextMessage text) {
                return text.getText();
            }
            byte[] bytes = ((BytesMessage) message).getBody(byte[].class);
            return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
        });
    }

    private static <T> T asked(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        asked(() -> {
            connection.close();
            return this;
        });
    }
}
