package org.patchbay.connectivity.path;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.protocol.Headers;

/**
 * Publishes over whatever link there is now, and keeps what no broker has taken yet until there is
 * another, so that a short loss of the link loses nothing and changes no order. As bounded as those
 * who call it: each of them waits for its results.
 */
public final class Publisher {

    private static final int TRIES_MAX = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final PublishResult UNAVAILABLE = new PublishResult(503, Headers.EMPTY, null);

    private final BiConsumer<Duration, Runnable> later;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private @Nullable TransportClient link;
    private boolean closed;

    private static final class Pending {
        private final Outbound message;
        private final CompletableFuture<PublishResult> result = new CompletableFuture<>();
        private int tries;

        Pending(Outbound message) {
            this.message = message;
        }
    }

    /**
     * A publisher without a link.
     *
     * @param later runs something after a while
     */
    public Publisher(BiConsumer<Duration, Runnable> later) {
        this.later = later;
    }

    /** Never fails: the status tells. */
    public CompletionStage<PublishResult> publish(Outbound message) {
        Pending one = new Pending(message);
        synchronized (this) {
            if (closed) {
                return CompletableFuture.completedFuture(UNAVAILABLE);
            }
            pending.add(one);
            if (link != null) {
                send(one, link);
            }
        }
        return one.result;
    }

    /** Sends what is pending, in order, and from now on what comes. */
    public synchronized void linkUp(TransportClient newLink) {
        link = newLink;
        // A copy, because a result that comes at once takes its message out.
        List.copyOf(pending).forEach(one -> send(one, newLink));
    }

    public synchronized void linkDown() {
        link = null;
    }

    /** Gives up on what is pending. */
    public void close() {
        List<Pending> left;
        synchronized (this) {
            closed = true;
            link = null;
            left = List.copyOf(pending);
            pending.clear();
        }
        left.forEach(one -> one.result.complete(UNAVAILABLE));
    }

    private void send(Pending one, TransportClient over) {
        one.tries++;
        over.publish(one.message)
                .whenComplete((result, failure) ->
                        settle(one, over, failure == null ? result : UNAVAILABLE));
    }

    private void settle(Pending one, TransportClient over, PublishResult result) {
        synchronized (this) {
            boolean again = result.status() == UNAVAILABLE.status() && one.tries < TRIES_MAX;
            if (again && !closed) {
                if (link == over) {
                    // The link may be gone without our knowing yet: if it is not, try once more.
                    later.accept(PAUSE, () -> retry(one, over));
                }
                return;
            }
            pending.remove(one);
        }
        one.result.complete(result);
    }

    private synchronized void retry(Pending one, TransportClient over) {
        if (link == over && !one.result.isDone()) {
            send(one, over);
        }
    }
}
