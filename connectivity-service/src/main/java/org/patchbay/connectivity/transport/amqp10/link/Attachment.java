package org.patchbay.connectivity.transport.amqp10.link;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.message.JmsMessageSupport;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Inbound.Settlement;

/**
 * The consumption of one address over one link. It is asked for one message after the other by one
 * thread, and gives none as long as too many are not settled; what the broker has sent ahead waits
 * with the library then, and once that is full with the broker.
 */
public final class Attachment {

    private final Session session;
    private final MessageConsumer consumer;
    private final JmsDestination destination;
    private final Semaphore room;
    private final Lane settling = new Lane();

    /** Messages that are not settled, and whoever waits for one. */
    private final AtomicInteger open = new AtomicInteger();

    private final CompletableFuture<Done> settled = new CompletableFuture<>();
    private volatile @Nullable Throwable endedBy;
    private volatile boolean detached;

    Attachment(
            Session session,
            MessageConsumer consumer,
            JmsDestination destination,
            int unsettledMax) {
        this.session = session;
        this.consumer = consumer;
        this.destination = destination;
        this.room = new Semaphore(unsettledMax);
    }

    boolean isOf(MessageConsumer other) {
        return consumer == other;
    }

    boolean isOf(Session other) {
        return session == other;
    }

    /** The broker has ended it. */
    void ended(Throwable cause) {
        endedBy = cause;
        room.release();
    }

    /** Why the broker has ended it; null where it has not. */
    public @Nullable Throwable endedBy() {
        return endedBy;
    }

    /** Where it consumes from. */
    public JmsDestination destination() {
        return destination;
    }

    /**
     * Waits for the next message.
     *
     * @return null where there will be none any more
     * @throws JMSException where a message came that can't be read and has been refused
     */
    public @Nullable Message next() throws JMSException {
        room.acquireUninterruptibly();
        open.incrementAndGet();
        Message message = null;
        try {
            message = isOver() ? null : consumer.receive();
        } catch (JMSException e) {
            if (!isOver() && !isClosed()) {
                throw e;
            }
        } finally {
            if (message == null) {
                settledOne();
            }
        }
        return message;
    }

    private boolean isOver() {
        return detached || endedBy != null;
    }

    private boolean isClosed() {
        try {
            consumer.getMessageSelector();
            return false;
        } catch (JMSException closed) {
            return true;
        }
    }

    /** Tells the broker what became of a message, and makes room for another one. */
    public Settlement settlement(Message message) {
        return new Settlement() {
            @Override
            public void accept() {
                settle(message, JmsMessageSupport.ACCEPTED);
            }

            @Override
            public void reject() {
                settle(message, JmsMessageSupport.REJECTED);
            }

            @Override
            public void redeliver() {
                settle(message, JmsMessageSupport.MODIFIED_FAILED);
            }

            @Override
            public boolean canReject() {
                return true;
            }
        };
    }

    /** Of a link that is gone nothing need be settled: its messages go back to their queue. */
    private void settle(Message message, int outcome) {
        settling.run(
                        () -> {
                            message.setIntProperty(JmsMessageSupport.JMS_AMQP_ACK_TYPE, outcome);
                            message.acknowledge();
                            return Done.getInstance();
                        })
                .whenComplete((_, _) -> settledOne());
    }

    private void settledOne() {
        room.release();
        if (open.decrementAndGet() == 0 && detached) {
            settled.complete(Done.getInstance());
        }
    }

    /**
     * Takes no more messages; those that nobody has taken go back to the broker, those that are
     * taken may be settled yet.
     */
    public void detach() {
        open.incrementAndGet();
        detached = true;
        room.release();
        settling.run(
                        () -> {
                            consumer.close();
                            return Done.getInstance();
                        })
                .whenComplete((_, _) -> settledOne());
    }

    /** Completes when it is detached and nothing is left to settle. */
    CompletionStage<Done> settled() {
        return settled;
    }

    /** It is of no use any more. */
    void abandon() {
        settling.run(() -> {
            session.close();
            return Done.getInstance();
        });
        settling.close();
    }

    /** Completes when the broker has been told of all that was settled until now. */
    CompletionStage<Done> close() {
        detached = true;
        room.release();
        CompletionStage<Done> told = settling.run(() -> Done.getInstance());
        settling.close();
        return told.exceptionally(_ -> Done.getInstance());
    }
}
