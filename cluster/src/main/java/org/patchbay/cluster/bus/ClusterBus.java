package org.patchbay.cluster.bus;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.SignalKind;

/**
 * The bus of a node: publishing happens on the publisher's thread along the present {@link Routes};
 * the {@link BusActor} keeps these up to date.
 */
final class ClusterBus implements SignalBus, Extension {

    private final AtomicReference<Routes> routes = new AtomicReference<>(Routes.NONE);
    private final ActorRef<BusMessage> actor;

    private ClusterBus(ActorSystem<?> system) {
        this.actor = system.systemActorOf(BusActor.create(routes), BusActor.NAME, Props.empty());
    }

    static SignalBus of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    @Override
    public void publish(Publication publication) {
        SignalKind kind = SignalKind.of(publication.signal());
        if (kind != null) {
            routes.get().publish(kind, publication);
        }
    }

    @Override
    public Set<String> wantedExtraFields(Signal signal) {
        SignalKind kind = SignalKind.of(signal);
        return kind == null
                ? Set.of()
                : routes.get().wantedExtraFields(kind, signal.topic().namespace());
    }

    @Override
    public CompletionStage<Done> subscribe(
            Interest interest, ActorRef<Publication> subscriber, Predicate<Publication> admits) {
        CompletableFuture<Done> known = new CompletableFuture<>();
        actor.tell(new BusMessage.Subscribe(interest, subscriber, admits, known));
        return known;
    }

    @Override
    public CompletionStage<Done> resubscribe(
            List<Interest> interests,
            ActorRef<Publication> subscriber,
            Predicate<Publication> admits) {
        CompletableFuture<Done> known = new CompletableFuture<>();
        actor.tell(new BusMessage.Resubscribe(interests, subscriber, admits, known));
        return known;
    }

    @Override
    public void unsubscribe(ActorRef<Publication> subscriber) {
        actor.tell(new BusMessage.Unsubscribe(subscriber));
    }

    @Override
    public CompletionStage<Done> ready() {
        CompletableFuture<Done> known = new CompletableFuture<>();
        actor.tell(new BusMessage.Ready(known));
        return known;
    }

    private static final class Id extends ExtensionId<ClusterBus> {
        private static final Id INSTANCE = new Id();

        @Override
        public ClusterBus createExtension(ActorSystem<?> system) {
            return new ClusterBus(system);
        }

        private ClusterBus get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
