package org.patchbay.connectivity.transport.amqp10.link;

import jakarta.jms.CompletionListener;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
    private final Impairments impairments;
    private final SessionEnds ends;
    private final Lane lane = new Lane();
    private final AtomicReference<Run> run = new AtomicReference<>(new Run());
    private volatile @Nullable Session session;
    private @Nullable MessageProducer producer;

    /** Grows whenever something moves; with what it was when that was looked at. */
    private final AtomicLong moves = new AtomicLong();

    private long movesBefore;
    private boolean stopped;

    /**
     * A sender that is attached when it is needed.
     *
     * @param impairments told while the broker gives no credit
     * @param before has to be over before the first message leaves
     */
    Sender(
            jakarta.jms.Connection broker,
            String address,
            Impairments impairments,
            SessionEnds ends,
            CompletableFuture<Done> before) {
        this.broker = broker;
        this.address = address;
        this.impairments = impairments;
        this.ends = ends;
        if (!before.isDone()) {
            lane.run(before::join);
        }
    }

    CompletionStage<PublishResult> publish(Outbound message) {
        Dispatch one = new Dispatch(run.get());
        lane.run(() -> one.send(message))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        one.answer(Amqp10Failures.publishing(address, false, failure));
                    }
                });
        return one.result;
    }

    /** A message on its way. */
    private final class Dispatch implements CompletionListener {
        private final Run of;
        private final CompletableFuture<PublishResult> result = new CompletableFuture<>();
        private final AtomicBoolean answered = new AtomicBoolean();
        private volatile @Nullable OutgoingMessage given;

        Dispatch(Run of) {
            this.of = of;
        }

        Done send(Outbound message) throws JMSException {
            PublishResult end = of.end();
            if (end != null) {
                answer(end);
            } else {
                send(OutgoingMessage.of(message), attached());
            }
            return Done.getInstance();
        }

        private void send(OutgoingMessage message, MessageProducer over) throws JMSException {
            given = message;
            of.leaves();
            PublishResult end;
            try {
                end = of.end();
                if (end == null) {
                    over.send(new JmsMessage(message), this);
                }
            } finally {
                of.hasLeft();
                moves.incrementAndGet();
            }
            if (end != null) {
                answer(end);
            }
        }

        @Override
        public void onCompletion(Message sent) {
            goesOn();
            answer(PublishResult.OK);
        }

        @Override
        public void onException(Message failed, Exception cause) {
            OutgoingMessage message = given;
            boolean rejected = message != null && message.isRejected();
            answer(Amqp10Failures.publishing(address, rejected, cause));
        }

        void answer(PublishResult answer) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            if (answer.again()) {
                of.end(answer);
                run.compareAndSet(of, new Run());
            }
            PublishResult end = of.end();
            result.complete(answer.again() && end != null ? end : answer);
            if (given != null) {
                of.answered();
                moves.incrementAndGet();
            }
            if (of.end() != null && of.isHeldBack()) {
                giveBack();
            }
        }
    }

    /** Has the library give back what it holds; by another thread than that which answers. */
    private void giveBack() {
        Session holding = session;
        if (holding != null) {
            Thread.ofVirtual().start(() -> end(holding));
        }
    }

    private static void end(Session ending) {
        try {
            ending.close();
        } catch (JMSException e) {
            // Then its link is gone, and with it the session.
        }
    }

    /** Also where it has been closed after it had been attached. */
    private MessageProducer attached() throws JMSException {
        MessageProducer known = producer;
        if (known != null && isOpen(known)) {
            return known;
        }
        detach();
        Session made = broker.createSession(false, Session.AUTO_ACKNOWLEDGE);
        session = made;
        MessageProducer attached =
                ends.ask(made, () -> made.createProducer(Destinations.of(address)));
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

    /** Called now and then: tells where a message has been held back since the last time. */
    synchronized void lookForStop() {
        long now = moves.get();
        if (now == movesBefore && run.get().isHeldBack() && !stopped) {
            stopped = true;
            impairments.add(this, Amqp10Failures.stopped(address));
        }
        movesBefore = now;
    }

    private synchronized void goesOn() {
        if (stopped) {
            stopped = false;
            impairments.remove(this);
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
        return closed.exceptionally(_ -> Done.getInstance()).whenComplete((_, _) -> goesOn());
    }
}
