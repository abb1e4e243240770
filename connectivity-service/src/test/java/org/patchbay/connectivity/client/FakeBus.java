package org.patchbay.connectivity.client;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.protocol.Signal;

/** A bus that hands everything to all subscribers. */
final class FakeBus implements SignalBus {

    final CompletableFuture<Done> known = new CompletableFuture<>();
    final List<Interest> interests = new CopyOnWriteArrayList<>();
    final List<ActorRef<Publication>> subscribers = new CopyOnWriteArrayList<>();

    @Override
    public void publish(Publication publication) {
        subscribers.forEach(subscriber -> subscriber.tell(publication));
    }

    @Override
    public Set<String> wantedExtraFields(Signal signal) {
        return Set.of();
    }

    @Override
    public CompletionStage<Done> subscribe(Interest interest, ActorRef<Publication> subscriber) {
        interests.add(interest);
        if (!subscribers.contains(subscriber)) {
            subscribers.add(subscriber);
        }
        return known;
    }

    @Override
    public void unsubscribe(ActorRef<Publication> subscriber) {
        subscribers.remove(subscriber);
    }
}
