package org.patchbay.connectivity.transport.amqp10;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.FirstSettlement;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.LinkEvents;
import org.patchbay.connectivity.transport.amqp10.link.Amqp10Failures;
import org.patchbay.connectivity.transport.amqp10.link.Amqp10Link;
import org.patchbay.connectivity.transport.amqp10.link.Attachment;
import org.patchbay.connectivity.transport.amqp10.link.Destinations;
import org.patchbay.connectivity.transport.amqp10.link.Impairments;
import org.patchbay.connectivity.transport.amqp10.link.Reasons;
import org.patchbay.connectivity.transport.amqp10.message.IncomingMessage;

/**
 * One address of a source, consumed by a thread of its own: over whatever link there is now, and
 * again after a pause where the broker has ended the consumption and left the link as it was.
 */
final class Subscription {

    /** An attachment that held so long was a good one: pauses begin anew. */
    private static final Duration KEPT_UP = Duration.ofSeconds(10);

    private static final int DOUBLINGS_MAX = 20;

    private final String address;
    private final Access access;
    private final Supplier<Amqp10Link> link;
    private final Amqp10Config config;
    private final Predicate<Inbound> taker;
    private final Events events;
    private final CompletableFuture<Done> granted = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Attachment attachment;

    /** What a client does at the addresses of its sources. */
    enum Access {

        /** Takes their messages. */
        CONSUME,

        /** Only asks whether it might: what it took would be missing to others for a while. */
        LOOK
    }

    /** Who is told what happens. */
    record Events(LinkEvents link, Impairments impairments) {}

    /**
     * @param taker gives false where it takes no more
     */
    Subscription(
            String address,
            Access access,
            Supplier<Amqp10Link> link,
            Amqp10Config config,
            Predicate<Inbound> taker,
            Events events) {
        this.address = address;
        this.access = access;
        this.link = link;
        this.config = config;
        this.taker = taker;
        this.events = events;
    }

    /** Completes when the broker has granted it, fails where it has not. */
    CompletionStage<Done> start() {
        Thread.ofVirtual().name("amqp10-source-", 0).start(this::run);
        return granted;
    }

    private void run() {
        int failures = 0;
        while (!isClosed()) {
            Amqp10Link over = link.get();
            long begin = System.nanoTime();
            Throwable why;
            try {
                Attachment attached = over.attach(Destinations.of(address), config.unsettledMax());
                attach(attached, over);
                granted.complete(Done.getInstance());
                events.impairments().remove(this);
                if (access == Access.LOOK) {
                    return;
                }
                consume(attached);
                why = attached.endedBy();
                if (over == link.get()) {
                    over.forget(attached);
                }
            } catch (JMSException | RuntimeException e) {
                why = e;
                if (granted.completeExceptionally(Amqp10Failures.consuming(address, e))) {
                    return;
                }
            }
            if (over == link.get()) {
                if (!over.isUp()) {
                    return;
                }
                boolean keptUp = System.nanoTime() - begin > KEPT_UP.toNanos();
                failures = keptUp ? 1 : failures + 1;
                pause(why, failures);
            }
        }
        granted.completeExceptionally(new IllegalStateException("It was closed."));
    }

    private synchronized void attach(Attachment attached, Amqp10Link over) {
        attachment = attached;
        if (isClosed() || over != link.get()) {
            attached.detach();
        }
    }

    private void pause(@Nullable Throwable why, int failures) {
        if (isClosed()) {
            return;
        }
        Duration full =
                config.reattachMin().multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        Duration pause = full.compareTo(config.reattachMax()) > 0 ? config.reattachMax() : full;
        events.impairments()
                .add(
                        this,
                        "The broker ended the consumption of '"
                                + address
                                + "'"
                                + (why == null ? "" : ": " + Reasons.of(why))
                                + ". It is tried again after "
                                + pause.toMillis()
                                + " ms.");
        try {
            closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void consume(Attachment attached) {
        while (true) {
            try {
                Message message = attached.next();
                if (message == null) {
                    return;
                }
                handOn(attached, message);
            } catch (JMSException e) {
                events.link().dropped(address, "The message can't be read: " + e.getMessage());
            }
        }
    }

    private void handOn(Attachment attached, Message message) {
        var settlement = new FirstSettlement(attached.settlement(message));
        try {
            IncomingMessage read = IncomingMessage.of(message, attached.destination());
            if (!taker.test(new Inbound(read.headers(), read.payload(), address, settlement))) {
                settlement.redeliver();
            }
        } catch (JMSException | RuntimeException e) {
            events.link().dropped(address, "The message can't be read: " + e.getMessage());
            settlement.reject();
        }
    }

    /** There is another link. */
    synchronized void move() {
        if (attachment != null) {
            attachment.detach();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    void close() {
        closed.countDown();
    }
}
