package org.patchbay.connectivity.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
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
    private final Map<ActorRef<Publication>, Predicate<Publication>> admissions =
            new ConcurrentHashMap<>();
    final List<ActorRef<Publication>> subscribers = new CopyOnWriteArrayList<>();

    @Override
    public void publish(Publication publication) {
        for (ActorRef<Publication> subscriber : subscribers) {
            if (admissions.getOrDefault(subscriber, _ -> true).test(publication)) {
                subscriber.tell(publication);
            }
        }
    }

    /**
     * As {@link #publish} to subscribers who are busy: it stays where they would find it.
     *
     * @return whether all of them admit it
     */
    boolean publishToBusy(Publication publication) {
        long admitting =
                admissions.values().stream().filter(admits -> admits.test(publication)).count();
        return admitting == admissions.size();
    }

    @Override
    public Set<String> wantedExtraFields(Signal signal) {
        return Set.of();
    }

    @Override
    public CompletionStage<Done> subscribe(
            Interest interest, ActorRef<Publication> subscriber, Predicate<Publication> admits) {
        interests.add(interest);
        admissions.put(subscriber, admits);
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
