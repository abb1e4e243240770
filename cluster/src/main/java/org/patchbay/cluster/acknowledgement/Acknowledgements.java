package org.patchbay.cluster.acknowledgement;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.protocol.Signal;

/**
 * Collects the acknowledgements of one signal where it came in. Subscribers and the twin tell it
 * signals; when all have come or the time is over it completes the result and stops.
 */
public final class Acknowledgements {

    private Acknowledgements() {}

    private record TimeIsOver() {}

    /** Told by who started it, when nobody waits any more. */
    public record Cancel() {}

    /**
     * Starts an aggregator, as a child of whoever waits, which then narrows it to {@link Signal}.
     */
    public record Order(
            AckCollection collection, Duration timeout, CompletableFuture<AckCollection> result) {}

    public static Behavior<Object> create(Order order) {
        return Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new TimeIsOver(), order.timeout());
            return collecting(order.collection(), order.result());
        });
    }

    private static Behavior<Object> collecting(
            AckCollection collection, CompletableFuture<AckCollection> result) {
        return Behaviors.receive(Object.class)
                .onAnyMessage(message ->
                        switch (message) {
                            case Signal ack -> {
                                AckCollection more = collection.with(ack);
                                yield more.complete()
                                        ? done(more, result)
                                        : collecting(more, result);
                            }
                            case TimeIsOver _ -> done(collection, result);
                            case Cancel _ -> done(collection, result);
                            default -> Behaviors.unhandled();
                        })
                // With its client: whoever waits must not wait for ever.
                .onSignal(PostStop.class, _ -> done(collection, result))
                .build();
    }

    private static Behavior<Object> done(
            AckCollection collection, CompletableFuture<AckCollection> result) {
        result.complete(collection);
        return Behaviors.stopped();
    }
}
