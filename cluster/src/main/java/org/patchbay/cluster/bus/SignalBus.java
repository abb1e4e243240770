package org.patchbay.cluster.bus;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.protocol.Signal;

/** Publishes and subscribes; one a node, see {@link #of}. */
public interface SignalBus {

    static SignalBus of(ActorSystem<?> system) {
        return ClusterBus.of(system);
    }

    /**
     * Sends to each interested node once. Never blocks, never fails. What one thread publishes
     * reaches each subscriber in order.
     */
    void publish(Publication publication);

    /**
     * The extra fields that subscribers want with signals of this kind and namespace, as field
     * selector texts: what a publisher puts into {@link Publication#extra()}. Cheap; empty in the
     * usual case.
     */
    Set<String> wantedExtraFields(Signal signal);

    /**
     * Hands matching publications to the subscriber until it stops or unsubscribes. Subscribing
     * again adds an interest; a publication is handed over once, however many of them match. The
     * stage completes when the interest is known on every reachable node: from then on nothing is
     * missed.
     */
    default CompletionStage<Done> subscribe(Interest interest, ActorRef<Publication> subscriber) {
        return subscribe(interest, subscriber, _ -> true);
    }

    /**
     * As {@link #subscribe(Interest, ActorRef)}, for a subscriber that bounds how much waits for
     * it.
     *
     * @param admits asked by the publisher's thread just before a publication is handed over; one
     *     that is not admitted is the asked one's to account for. Of several of one subscriber the
     *     last counts.
     */
    CompletionStage<Done> subscribe(
            Interest interest, ActorRef<Publication> subscriber, Predicate<Publication> admits);

    /**
     * Replaces all interests of the subscriber at once: what both the old and the new ones want is
     * not missed in between. Completes as {@link #subscribe} does.
     */
    default CompletionStage<Done> resubscribe(
            List<Interest> interests,
            ActorRef<Publication> subscriber,
            Predicate<Publication> admits) {
        unsubscribe(subscriber);
        CompletionStage<Done> known = CompletableFuture.completedFuture(Done.getInstance());
        for (Interest interest : interests) {
            known = known.thenCombine(subscribe(interest, subscriber, admits), (_, done) -> done);
        }
        return known;
    }

    void unsubscribe(ActorRef<Publication> subscriber);

    /**
     * Completes when this node knows what every reachable node wants: what may publish starts after
     * that.
     */
    default CompletionStage<Done> ready() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }
}
