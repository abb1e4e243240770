package org.patchbay.connectivity.transport.http.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/** The lanes to the endpoint: who finds none free waits its turn, if not too many wait already. */
public final class Lanes {

    private final List<Lane> all = new ArrayList<>();

    /**
     * The one that was used last comes first: its connection is the likeliest to be there still.
     */
    private final Deque<Lane> free = new ArrayDeque<>();

    private final Queue<CompletableFuture<Lane>> waiting = new ArrayDeque<>();
    private final int waitingMax;
    private boolean closed;

    /**
     * Lanes that lead to the same origin.
     *
     * @param waitingMax how many requests may wait before further ones are refused
     */
    public Lanes(Way way, Origin origin, int count, int waitingMax) {
        for (int i = 0; i < count; i++) {
            all.add(new Lane(way, origin));
        }
        free.addAll(all);
        this.waitingMax = waitingMax;
    }

    /** One of them connects already. */
    public CompletionStage<Done> connect() {
        return use(Lane::connect);
    }

    /**
     * Does something with a lane as soon as it has one; fails with {@link NoResponse}, or as that.
     */
    public <T> CompletionStage<T> use(Function<Lane, CompletionStage<T>> work) {
        CompletableFuture<Lane> mine = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(isClosed());
            }
            @Nullable Lane lane = free.pollFirst();
            if (lane != null) {
                mine.complete(lane);
            } else if (waiting.size() < waitingMax) {
                waiting.add(mine);
            } else {
                return CompletableFuture.failedFuture(
                        NoResponse.notTaken("Too many messages wait for the endpoint already."));
            }
        }
        return mine.thenCompose(lane -> done(work, lane).whenComplete((_, _) -> release(lane)));
    }

    private static <T> CompletionStage<T> done(Function<Lane, CompletionStage<T>> work, Lane lane) {
        try {
            return work.apply(lane);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void release(Lane lane) {
        @Nullable CompletableFuture<Lane> next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free.addFirst(lane);
            }
        }
        if (next != null) {
            next.complete(lane);
        }
    }

    private static NoResponse isClosed() {
        return NoResponse.notTaken("The connection is closed.");
    }

    /** Ends all connections, with what is under way; idempotent. */
    public void close() {
        List<CompletableFuture<Lane>> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
        }
        left.forEach(one -> one.completeExceptionally(isClosed()));
        all.forEach(Lane::close);
    }
}
