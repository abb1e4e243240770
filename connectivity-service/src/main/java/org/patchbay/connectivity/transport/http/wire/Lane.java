package org.patchbay.connectivity.transport.http.wire;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Unreachable;

/**
 * Sends requests to one origin, one at a time, over a connection that is kept alive in between. A
 * kept connection may be gone by the time of the next request: where that is sure to do no harm,
 * because nothing of it was sent or it is idempotent, the request goes over a new one at once.
 */
public final class Lane {

    private final Way way;
    private final Origin origin;
    private @Nullable Wire kept;
    private boolean closed;

    public Lane(Way way, Origin origin) {
        this.way = way;
        this.origin = origin;
    }

    /** Connects before there is a request; fails with a {@link Failure}. */
    public CompletionStage<Done> connect() {
        return opened(way.context().connectTimeout())
                .thenCompose(Wire::afterSecondThoughts)
                .thenApply(wire -> {
                    wire.beginRest();
                    return Done.getInstance();
                })
                .exceptionallyCompose(
                        thrown -> CompletableFuture.failedFuture(way.failure(origin, thrown)));
    }

    /** Answers a request; fails with {@link NoResponse}. The one before has to be done. */
    public CompletionStage<Response> send(Request request) {
        long start = System.nanoTime();
        Wire wire = usable();
        if (wire == null) {
            return fresh(request, start);
        }
        return wire.exchange(request, left(start))
                .exceptionallyCompose(thrown -> {
                    boolean harmless =
                            Unreachable.unwrapped(thrown) instanceof NoResponse none
                                    && switch (none.progress()) {
                                        case NOT_SENT -> true;
                                        case SENT -> request.isIdempotent();
                                        case TOO_SLOW -> false;
                                    };
                    return harmless
                            ? fresh(request, start)
                            : CompletableFuture.failedFuture(thrown);
                });
    }

    private Duration left(long startNanos) {
        Duration left = way.settings().requestTimeout().minusNanos(System.nanoTime() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private CompletionStage<Response> fresh(Request request, long start) {
        return opened(left(start))
                .exceptionallyCompose(thrown ->
                        CompletableFuture.failedFuture(
                                NoResponse.notConnected(way.failure(origin, thrown))))
                .thenCompose(wire -> wire.exchange(request, left(start)));
    }

    private CompletionStage<Wire> opened(Duration limit) {
        return way.open(origin, limit, this::keep)
                .exceptionallyCompose(thrown ->
                        CompletableFuture.failedFuture(
                                isClosed()
                                        ? Failure.bySystem(
                                                "The connection to " + origin + " was closed.",
                                                thrown)
                                        : thrown));
    }

    /** Also while it is being opened, to be closed even then. */
    private synchronized void keep(Wire wire) {
        kept = wire;
        if (closed) {
            wire.close();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized @Nullable Wire usable() {
        Wire wire = kept;
        return wire != null && wire.isOpen() ? wire : null;
    }

    /** Ends its connection, with what is under way; idempotent. */
    public void close() {
        Wire last;
        synchronized (this) {
            closed = true;
            last = kept;
        }
        if (last != null) {
            last.close();
        }
    }
}
