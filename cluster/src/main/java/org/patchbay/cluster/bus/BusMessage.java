package org.patchbay.cluster.bus;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;

/** What the bus actor of a node is told: by other nodes, by subscribers, by the cluster. */
sealed interface BusMessage
        permits Publication,
                BusMessage.Wants,
                BusMessage.Knows,
                BusMessage.Subscribe,
                BusMessage.Resubscribe,
                BusMessage.Unsubscribe,
                BusMessage.Gone,
                BusMessage.Cluster,
                BusMessage.Ready,
                BusMessage.Tell,
                BusMessage.Tick {

    /** A node wants this from now on; it is answered with {@link Knows}. */
    record Wants(ActorRef<BusMessage> node, long version, NodeInterest interest)
            implements BusMessage {}

    /** A node knows what this one wants, as of this version. */
    record Knows(ActorRef<BusMessage> node, long version) implements BusMessage {}

    record Subscribe(
            Interest interest,
            ActorRef<Publication> subscriber,
            Predicate<Publication> admits,
            CompletableFuture<Done> known)
            implements BusMessage {}

    /** All that the subscriber wants from now on. */
    record Resubscribe(
            List<Interest> interests,
            ActorRef<Publication> subscriber,
            Predicate<Publication> admits,
            CompletableFuture<Done> known)
            implements BusMessage {
        public Resubscribe {
            interests = List.copyOf(interests);
        }
    }

    record Unsubscribe(ActorRef<Publication> subscriber) implements BusMessage {}

    /** A subscriber has stopped. */
    record Gone(ActorRef<Publication> subscriber) implements BusMessage {}

    record Cluster(ClusterDomainEvent event) implements BusMessage {}

    /** Completes when this node knows what every other one wants. */
    record Ready(CompletableFuture<Done> known) implements BusMessage {}

    /** Tells the other nodes, once for all changes that have come in by now. */
    record Tell() implements BusMessage {}

    /** Tells those again that have not answered. */
    record Tick() implements BusMessage {}
}
