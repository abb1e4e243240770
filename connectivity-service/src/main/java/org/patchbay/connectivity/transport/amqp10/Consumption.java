package org.patchbay.connectivity.transport.amqp10;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.endpoint.Unreachable;

/** One consumer of a source: a subscription to each of its addresses. */
final class Consumption {

    private final int capacity;
    private final List<Subscription> subscriptions;
    private @Nullable BoundedSourceQueue<Inbound> queue;
    private @Nullable UniqueKillSwitch stop;
    private @Nullable Failure failure;
    private boolean closed;

    /**
     * @param unsettledMax how many messages of an address may be unsettled
     * @param subscriber makes the subscription to one address
     */
    Consumption(
            Source source,
            int unsettledMax,
            Function<String, Function<Predicate<Inbound>, Subscription>> subscriber) {
        // Twice as many where it moves to another link while those of the first are unsettled.
        capacity = (int) Math.min(2L * unsettledMax * source.addresses().size(), Integer.MAX_VALUE);
        subscriptions =
                source.addresses().stream()
                        .map(address -> subscriber.apply(address).apply(this::offer))
                        .toList();
    }

    /** What is materialized completes when all addresses are subscribed. */
    org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> stream() {
        return org.apache.pekko.stream.javadsl.Source.<Inbound>queue(capacity)
                .viaMat(KillSwitches.single(), Keep.both())
                .mapMaterializedValue(running -> {
                    opened(running);
                    return subscribe();
                });
    }

    private synchronized void opened(Pair<BoundedSourceQueue<Inbound>, UniqueKillSwitch> running) {
        queue = running.first();
        stop = running.second();
        end();
    }

    private CompletionStage<Done> subscribe() {
        CompletableFuture<?>[] granted =
                subscriptions.stream()
                        .map(one -> one.start().toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(granted)
                .thenApply(_ -> Done.getInstance())
                .whenComplete((_, refused) -> {
                    if (refused != null
                            && Unreachable.unwrapped(refused) instanceof Failure refusal) {
                        fail(refusal);
                    }
                });
    }

    private synchronized boolean offer(Inbound message) {
        return queue != null && queue.offer(message) == QueueOfferResult.enqueued();
    }

    /** There is another link to consume over. */
    void move() {
        subscriptions.forEach(Subscription::move);
    }

    /** Ends the stream, with what is still in it: the broker will send that again. */
    synchronized void fail(Failure why) {
        failure = why;
        end();
    }

    /** As {@link #fail}, without failing. */
    synchronized void close() {
        closed = true;
        end();
    }

    private void end() {
        if (failure == null && !closed) {
            return;
        }
        subscriptions.forEach(Subscription::close);
        if (stop == null) {
            return;
        }
        if (failure != null) {
            stop.abort(failure);
        } else {
            stop.shutdown();
        }
    }
}
