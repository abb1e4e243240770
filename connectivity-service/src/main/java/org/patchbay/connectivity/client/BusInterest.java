package org.patchbay.connectivity.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.connectivity.path.outbound.OutboundPath;

/** What a client wants of the bus, made known once: links come and go, the subscription stays. */
final class BusInterest {

    private final SignalBus bus;
    private final OutboundPath outbound;
    private final ActorRef<Publication> subscriber;
    private volatile @Nullable CompletionStage<Done> known;

    /**
     * @param subscriber runs what the outbound path says
     */
    BusInterest(SignalBus bus, OutboundPath outbound, ActorRef<Publication> subscriber) {
        this.bus = bus;
        this.outbound = outbound;
        this.subscriber = subscriber;
    }

    /** Completes when nothing is missed any more. */
    CompletionStage<Done> known() {
        CompletionStage<Done> now = known;
        if (now == null || now.toCompletableFuture().isCompletedExceptionally()) {
            CompletableFuture<?>[] subscriptions =
                    outbound.interests().stream()
                            .map(one -> bus.subscribe(one, subscriber, outbound::admits))
                            .map(CompletionStage::toCompletableFuture)
                            .toArray(CompletableFuture<?>[]::new);
            now = CompletableFuture.allOf(subscriptions).thenApply(_ -> Done.getInstance());
            known = now;
        }
        return now;
    }

    void withdraw() {
        if (known != null) {
            bus.unsubscribe(subscriber);
        }
    }
}
