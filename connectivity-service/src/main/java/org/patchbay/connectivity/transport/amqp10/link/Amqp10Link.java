package org.patchbay.connectivity.transport.amqp10.link;

import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.qpid.jms.JmsConnection;
import org.apache.qpid.jms.JmsConnectionListener;
import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.message.JmsInboundMessageDispatch;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;

/** An open connection of the library and what is attached to it. */
public final class Amqp10Link {

    /** The library's mode of acknowledging messages one by one, which JMS has no name for. */
    private static final int EACH_BY_ITSELF = 101;

    private final JmsConnection broker;
    private final SessionEnds ends = new SessionEnds();
    private final Senders senders;
    private final Set<Attachment> attachments = ConcurrentHashMap.newKeySet();
    private final Lane ending = new Lane();
    private @Nullable CompletableFuture<Done> closed;
    private volatile boolean down;

    private Amqp10Link(JmsConnection broker, int sendersMax, Impairments impairments) {
        this.broker = broker;
        this.senders = new Senders(broker, sendersMax, impairments, ends);
    }

    /**
     * A link over a connection, which may have been lost already.
     *
     * @param broker started
     * @param sendersMax to how many addresses it publishes side by side
     * @param impairments told of addresses that the broker takes no messages for
     * @param lost told once, of this link, if the broker goes away later
     */
    public static Amqp10Link over(
            JmsConnection broker,
            int sendersMax,
            Impairments impairments,
            BiConsumer<Amqp10Link, Throwable> lost) {
        Amqp10Link link = new Amqp10Link(broker, sendersMax, impairments);
        broker.addConnectionListener(link.new Watch(lost));
        return link;
    }

    /** Whether it can be used, as far as is known. */
    public boolean isUp() {
        return !down && broker.isConnected() && !broker.isFailed() && !broker.isClosed();
    }

    /**
     * Consumes an address; waits until the broker has granted it.
     *
     * @param unsettledMax how many messages may be taken and not settled
     */
    public Attachment attach(JmsDestination from, int unsettledMax) throws JMSException {
        Session session = broker.createSession(false, EACH_BY_ITSELF);
        try {
            Attachment attached =
                    new Attachment(
                            session,
                            ends.ask(session, () -> session.createConsumer(from)),
                            from,
                            unsettledMax);
            attachments.add(attached);
            return attached;
        } catch (JMSException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Leaves alone what the broker has ended. */
    public void forget(Attachment ended) {
        attachments.remove(ended);
        ended.abandon();
    }

    /** Never fails: the status tells. */
    public CompletionStage<PublishResult> publish(Outbound message) {
        return senders.publish(message);
    }

    /** To be called now and then: tells of addresses for which nothing has moved since. */
    public void lookForStops() {
        senders.lookForStops();
    }

    /**
     * Lets the messages that are on their way over another link be settled before those of this.
     */
    public void publishAfter(Amqp10Link other) {
        senders.after(other.senders.close());
    }

    /** Completes when nothing is left to settle on it, in either direction. */
    public CompletableFuture<Done> quiet() {
        return all(
                Stream.concat(
                        Stream.of(senders.close()), attachments.stream().map(Attachment::settled)));
    }

    /** Tells the broker what was settled until now, and ends it; idempotent. */
    public synchronized CompletionStage<Done> close() {
        CompletableFuture<Done> before = closed;
        if (before != null) {
            return before;
        }
        down = true;
        senders.close();
        CompletableFuture<Done> done =
                all(attachments.stream().map(Attachment::close))
                        .thenCompose(_ ->
                                ending.run(() -> {
                                    broker.close();
                                    return Done.getInstance();
                                }))
                        .exceptionally(_ -> Done.getInstance())
                        .whenComplete((_, _) -> ending.close());
        closed = done;
        return done;
    }

    private static CompletableFuture<Done> all(Stream<? extends CompletionStage<Done>> stages) {
        return CompletableFuture.allOf(
                        stages.map(CompletionStage::toCompletableFuture)
                                .toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance());
    }

    private final class Watch implements JmsConnectionListener {
        private final BiConsumer<Amqp10Link, Throwable> lost;

        Watch(BiConsumer<Amqp10Link, Throwable> lost) {
            this.lost = lost;
        }

        @Override
        public void onConnectionFailure(Throwable error) {
            boolean known = down;
            down = true;
            if (!known) {
                lost.accept(Amqp10Link.this, error);
            }
        }

        @Override
        public void onConsumerClosed(MessageConsumer consumer, Throwable cause) {
            attachments.stream().filter(one -> one.isOf(consumer)).forEach(one -> one.ended(cause));
        }

        @Override
        public void onSessionClosed(Session session, Throwable cause) {
            ends.ended(session, cause);
            attachments.stream().filter(one -> one.isOf(session)).forEach(one -> one.ended(cause));
        }

        /** Noticed when it is used next. */
        @Override
        public void onProducerClosed(MessageProducer producer, Throwable cause) {}

        @Override
        public void onConnectionEstablished(URI remote) {}

        @Override
        public void onConnectionInterrupted(URI remote) {}

        @Override
        public void onConnectionRestored(URI remote) {}

        @Override
        public void onInboundMessage(JmsInboundMessageDispatch envelope) {}
    }
}
