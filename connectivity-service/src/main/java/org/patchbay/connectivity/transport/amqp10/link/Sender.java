package org.patchbay.connectivity.transport.amqp10.link;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.qpid.jms.message.JmsMessage;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.amqp10.message.OutgoingMessage;

/**
 * Publishes to one address, in order, with a session of its own: a broker that gives no credit for
 * one address holds up no other.
 */
final class Sender {

    private final jakarta.jms.Connection broker;
    private final String address;
    private final Lane lane = new Lane();
    private @Nullable Session session;
    private @Nullable MessageProducer producer;

    /**
     * A sender that is attached when it is needed.
     *
     * @param before has to be over before the first message leaves
     */
    Sender(jakarta.jms.Connection broker, String address, CompletableFuture<Done> before) {
        this.broker = broker;
        this.address = address;
        if (!before.isDone()) {
            lane.run(before::join);
        }
    }

    CompletionStage<PublishResult> publish(Outbound message) {
        CompletableFuture<PublishResult> result = new CompletableFuture<>();
        lane.run(() -> send(message, result))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        result.complete(Amqp10Failures.publishing(address, false, failure));
                    }
                });
        return result;
    }

    private Done send(Outbound message, CompletableFuture<PublishResult> result)
            throws JMSException {
        OutgoingMessage outgoing = OutgoingMessage.of(message);
        attached()
                .send(
                        new JmsMessage(outgoing),
                        new CompletionListener() {
                            @Override
                            public void onCompletion(Message sent) {
                                result.complete(PublishResult.OK);
                            }

                            @Override
                            public void onException(Message failed, Exception cause) {
                                result.complete(
                                        Amqp10Failures.publishing(
                                                address, outgoing.isRejected(), cause));
                            }
                        });
        return Done.getInstance();
    }

    /** Also where the broker has closed it after it had been attached. */
    private MessageProducer attached() throws JMSException {
        MessageProducer known = producer;
        if (known != null && isOpen(known)) {
            return known;
        }
        detach();
        Session made = broker.createSession(false, Session.AUTO_ACKNOWLEDGE);
        session = made;
        MessageProducer attached = made.createProducer(Destinations.of(address));
        producer = attached;
        return attached;
    }

    private static boolean isOpen(MessageProducer producer) {
        try {
            producer.getDestination();
            return true;
        } catch (JMSException closed) {
            return false;
        }
    }

    private void detach() throws JMSException {
        Session before = session;
        session = null;
        producer = null;
        if (before != null) {
            before.close();
        }
    }

    /** Completes when all that was to be published is out, and settled or given up. */
    CompletableFuture<Done> close() {
        CompletableFuture<Done> closed =
                lane.run(() -> {
                    MessageProducer last = producer;
                    if (last != null) {
                        last.close();
                    }
                    detach();
                    return Done.getInstance();
                });
        lane.close();
        return closed.exceptionally(_ -> Done.getInstance());
    }
}
