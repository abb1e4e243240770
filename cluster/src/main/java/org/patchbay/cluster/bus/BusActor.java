package org.patchbay.cluster.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.ReachabilityEvent;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.patchbay.protocol.SignalKind;

/**
 * Knows who wants what, on this node and on the others, and keeps the {@link Routes} by it.
 *
 * <p>Each node tells every other one what it wants, whole and with a version, and is answered; who
 * does not answer is told again. That is why a subscription can say when it is known everywhere:
 * replicated data would say when the data is there, not when the publishers look at it.
 */
final class BusActor {

    static final String NAME = "signalBus";

    private static final Duration TELL_AGAIN = Duration.ofSeconds(1);

    /** Completes when all others know a version. */
    private record Awaiting(long version, Runnable serve, CompletableFuture<Done> known) {}

    private final ActorContext<BusMessage> context;
    private final AtomicReference<Routes> routes;
    private final Address self;

    /** What is wanted here. */
    private final Map<ActorRef<Publication>, List<Interest>> local = new LinkedHashMap<>();

    /**
     * The part of it that all nodes know. Subscribers are handed what matches this: before, some
     * would come without the extra fields that are wanted of it.
     */
    private final Map<ActorRef<Publication>, List<Interest>> served = new LinkedHashMap<>();

    private final Map<ActorRef<Publication>, Predicate<Publication>> admissions = new HashMap<>();
    private NodeInterest own = NodeInterest.NOTHING;
    private long version = 1;
    private boolean changed;
    private boolean up;

    private final Map<Address, ActorRef<BusMessage>> others = new HashMap<>();
    private final Set<Address> unreachable = new HashSet<>();
    private final Map<Address, NodeInterest> wanted = new HashMap<>();
    private final Map<Address, Long> known = new HashMap<>();

    private final List<Awaiting> awaiting = new ArrayList<>();
    private final List<CompletableFuture<Done>> awaitingReady = new ArrayList<>();

    private BusActor(ActorContext<BusMessage> context, AtomicReference<Routes> routes) {
        this.context = context;
        this.routes = routes;
        this.self = Cluster.get(context.getSystem()).selfMember().address();
    }

    static Behavior<BusMessage> create(AtomicReference<Routes> routes) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    BusActor actor = new BusActor(context, routes);
                    actor.start(timers);
                    return Behaviors.receiveMessage(actor::receive);
                }));
    }

    private void start(TimerScheduler<BusMessage> timers) {
        Cluster cluster = Cluster.get(context.getSystem());
        ActorRef<ClusterDomainEvent> events =
                context.messageAdapter(ClusterDomainEvent.class, BusMessage.Cluster::new);
        cluster.subscriptions().tell(Subscribe.create(events.narrow(), MemberEvent.class));
        cluster.subscriptions().tell(Subscribe.create(events.narrow(), ReachabilityEvent.class));
        timers.startTimerWithFixedDelay(new BusMessage.Tick(), TELL_AGAIN);
    }

    private Behavior<BusMessage> receive(BusMessage message) {
        switch (message) {
            case Publication publication -> deliver(publication);
            case BusMessage.Wants wants -> learn(wants);
            case BusMessage.Knows knows -> noteKnown(knows);
            case BusMessage.Subscribe subscribe -> subscribe(subscribe);
            case BusMessage.Resubscribe resubscribe -> resubscribe(resubscribe);
            case BusMessage.Unsubscribe unsubscribe -> forget(unsubscribe.subscriber());
            case BusMessage.Gone gone -> forget(gone.subscriber());
            case BusMessage.Cluster event -> onCluster(event.event());
            case BusMessage.Ready ready -> awaitingReady.add(ready.known());
            case BusMessage.Tell _ -> tellChange();
            case BusMessage.Tick _ -> others.keySet().forEach(this::tellUnlessKnown);
        }
        completeAwaiting();
        return Behaviors.same();
    }

    private void deliver(Publication publication) {
        SignalKind kind = SignalKind.of(publication.signal());
        if (kind != null) {
            routes.get().deliver(kind, publication);
        }
    }

    private void subscribe(BusMessage.Subscribe subscribe) {
        admissions.put(subscribe.subscriber(), subscribe.admits());
        List<Interest> interests = interestsOf(subscribe.subscriber());
        if (!interests.contains(subscribe.interest())) {
            interests.add(subscribe.interest());
        }
        change();
        await(() -> serve(subscribe), subscribe.known());
    }

    private void resubscribe(BusMessage.Resubscribe resubscribe) {
        if (resubscribe.interests().isEmpty()) {
            forget(resubscribe.subscriber());
        } else {
            admissions.put(resubscribe.subscriber(), resubscribe.admits());
            List<Interest> interests = interestsOf(resubscribe.subscriber());
            interests.clear();
            interests.addAll(resubscribe.interests());
            change();
        }
        await(() -> serve(resubscribe), resubscribe.known());
    }

    private List<Interest> interestsOf(ActorRef<Publication> subscriber) {
        if (!local.containsKey(subscriber)) {
            context.watchWith(subscriber, new BusMessage.Gone(subscriber));
        }
        return local.computeIfAbsent(subscriber, _ -> new ArrayList<>());
    }

    /** The change gets the next version, with whatever else comes in until it is told. */
    private void await(Runnable serve, CompletableFuture<Done> known) {
        awaiting.add(new Awaiting(changed ? version + 1 : version, serve, known));
    }

    private void forget(ActorRef<Publication> subscriber) {
        if (local.remove(subscriber) != null) {
            served.remove(subscriber);
            admissions.remove(subscriber);
            context.unwatch(subscriber);
            change();
        }
    }

    private void change() {
        if (!changed) {
            changed = true;
            context.getSelf().tell(new BusMessage.Tell());
        }
    }

    private void tellChange() {
        changed = false;
        version++;
        NodeInterest before = own;
        own = NodeInterest.of(local.values().stream().flatMap(List::stream).toList());
        reroute();
        if (own.equals(before)) {
            // Who knew what this node wanted knows it still.
            known.replaceAll(
                    (_, knownVersion) -> knownVersion == version - 1 ? version : knownVersion);
        }
        others.keySet().forEach(this::tellUnlessKnown);
    }

    private void tellUnlessKnown(Address other) {
        ActorRef<BusMessage> node = others.get(other);
        if (node != null && known.getOrDefault(other, 0L) < version) {
            node.tell(new BusMessage.Wants(context.getSelf(), version, own));
        }
    }

    private void learn(BusMessage.Wants wants) {
        Address from = wants.node().path().address();
        if (others.containsKey(from)) {
            if (!wants.interest().equals(wanted.put(from, wants.interest()))) {
                reroute();
            }
            wants.node().tell(new BusMessage.Knows(context.getSelf(), wants.version()));
        }
        // Not a member yet: the other node tells again, and by then it is one.
    }

    private void noteKnown(BusMessage.Knows knows) {
        Address from = knows.node().path().address();
        if (others.containsKey(from)) {
            known.merge(from, knows.version(), Math::max);
        }
    }

    private void onCluster(ClusterDomainEvent event) {
        switch (event) {
            case MemberRemoved removed -> remove(removed.member().address());
            case UnreachableMember lost -> unreachable.add(lost.member().address());
            case ReachabilityEvent back -> unreachable.remove(back.member().address());
            case MemberEvent member -> add(member.member());
            default -> {}
        }
    }

    private void add(Member member) {
        Address address = member.address();
        if (address.equals(self)) {
            up |= member.status().equals(MemberStatus.up());
            return;
        }
        if (member.status().equals(MemberStatus.down())) {
            return;
        }
        if (others.putIfAbsent(address, busOf(address)) == null) {
            tellUnlessKnown(address);
        }
    }

    private void remove(Address address) {
        others.remove(address);
        known.remove(address);
        unreachable.remove(address);
        if (wanted.remove(address) != null) {
            reroute();
        }
    }

    private ActorRef<BusMessage> busOf(Address node) {
        return ActorRefResolver.get(context.getSystem()).resolveActorRef(node + "/system/" + NAME);
    }

    private void reroute() {
        Map<ActorRef<BusMessage>, NodeInterest> remotes = new LinkedHashMap<>();
        wanted.forEach((address, interest) -> {
            ActorRef<BusMessage> node = others.get(address);
            if (node != null) {
                remotes.put(node, interest);
            }
        });
        routes.set(new Routes(new LocalSubscribers(served, admissions), own, remotes));
    }

    private void completeAwaiting() {
        if (!awaiting.isEmpty()) {
            long everywhere =
                    others.keySet().stream()
                            .filter(other -> !unreachable.contains(other))
                            .mapToLong(other -> known.getOrDefault(other, 0L))
                            .reduce(version, Math::min);
            List<Awaiting> known =
                    awaiting.stream().filter(one -> one.version() <= everywhere).toList();
            if (!known.isEmpty()) {
                awaiting.removeIf(one -> one.version() <= everywhere);
                known.forEach(one -> one.serve().run());
                reroute();
                known.forEach(one -> one.known().complete(Done.getInstance()));
            }
        }
        if (!awaitingReady.isEmpty() && isReady()) {
            awaitingReady.forEach(one -> one.complete(Done.getInstance()));
            awaitingReady.clear();
        }
    }

    private void serve(BusMessage.Subscribe wish) {
        if (!local.containsKey(wish.subscriber())) {
            return;
        }
        List<Interest> interests =
                served.computeIfAbsent(wish.subscriber(), _ -> new ArrayList<>());
        if (!interests.contains(wish.interest())) {
            interests.add(wish.interest());
        }
    }

    /** What was wanted before is handed over until now. */
    private void serve(BusMessage.Resubscribe wish) {
        if (local.containsKey(wish.subscriber())) {
            served.put(wish.subscriber(), new ArrayList<>(wish.interests()));
        }
    }

    /** Up, and told by every node that can be reached. */
    private boolean isReady() {
        return up
                && others.keySet().stream()
                        .allMatch(
                                other -> unreachable.contains(other) || wanted.containsKey(other));
    }
}
