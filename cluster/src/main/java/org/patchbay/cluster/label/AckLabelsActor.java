package org.patchbay.cluster.label;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
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
import org.patchbay.cluster.label.LabelClaims.Own;
import org.patchbay.cluster.label.LabelMessage.Answer;
import org.patchbay.cluster.label.LabelMessage.Answers;
import org.patchbay.cluster.label.LabelMessage.Asks;
import org.patchbay.cluster.label.LabelMessage.Claim;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;

/**
 * Keeps the labels of this node's subscribers and asks the other nodes about new ones.
 *
 * <pre>
 * declared ─ taken here ─► refused
 *    │
 *    ▼                 ┌── somebody has it ─► refused
 *  asking all nodes ───┤
 *                      └── all agree ───────► granted ── owner stops, withdrawn ─► free
 *                                                │
 *                      a node that did not answer in time has it, too, and earlier ─► lost
 * </pre>
 *
 * <p>A node that can't be reached, or does not answer for {@value #TICKS_MAX} seconds, holds up
 * nobody; it is asked until it answers or leaves the cluster.
 */
final class AckLabelsActor {

    static final String NAME = "ackLabels";

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_MAX = 5;

    /** So that a message between nodes stays small, however many declarations there are. */
    private static final int LABELS_OF_A_MESSAGE = 500;

    /** Who waits for a claim, and how long. */
    private static final class Waiting {
        private final CompletableFuture<AckLabels.Declared> result;
        private final CompletableFuture<Problem> lost = new CompletableFuture<>();
        private int ticks;

        Waiting(CompletableFuture<AckLabels.Declared> result) {
            this.result = result;
        }
    }

    private final ActorContext<LabelMessage> context;
    private final AckLabelSettings settings;
    private final Address self;
    private final LabelClaims claims;
    private final Map<Own, Waiting> waiting = new HashMap<>();
    private final Map<ActorRef<?>, Set<Own>> owners = new HashMap<>();

    /** Those that not all nodes have answered. */
    private final Set<Own> unsettled = new LinkedHashSet<>();

    private final List<Own> unsent = new ArrayList<>();
    private final Map<Address, ActorRef<LabelMessage>> others = new HashMap<>();
    private final Set<Address> unreachable = new HashSet<>();
    private boolean up;

    private AckLabelsActor(ActorContext<LabelMessage> context, AckLabelSettings settings) {
        this.context = context;
        this.settings = settings;
        this.self = Cluster.get(context.getSystem()).selfMember().address();
        this.claims = new LabelClaims(self);
    }

    static Behavior<LabelMessage> create(AckLabelSettings settings) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    AckLabelsActor actor = new AckLabelsActor(context, settings);
                    actor.start(timers);
                    return Behaviors.receiveMessage(actor::receive);
                }));
    }

    private void start(TimerScheduler<LabelMessage> timers) {
        Cluster cluster = Cluster.get(context.getSystem());
        ActorRef<ClusterDomainEvent> events =
                context.messageAdapter(ClusterDomainEvent.class, LabelMessage.Cluster::new);
        cluster.subscriptions().tell(Subscribe.create(events.narrow(), MemberEvent.class));
        cluster.subscriptions().tell(Subscribe.create(events.narrow(), ReachabilityEvent.class));
        timers.startTimerWithFixedDelay(new LabelMessage.Tick(), TICK);
    }

    private Behavior<LabelMessage> receive(LabelMessage message) {
        switch (message) {
            case LabelMessage.Declare declare -> declare(declare);
            case LabelMessage.Withdraw(var ticket) -> {
                Own claim = claims.get(ticket);
                if (claim != null) {
                    remove(claim);
                }
            }
            case LabelMessage.Gone(var owner) ->
                    List.copyOf(owners.getOrDefault(owner, Set.of())).forEach(this::remove);
            case Asks asks -> answer(asks);
            case Answers answers -> learn(answers);
            case LabelMessage.Cluster(var event) -> onCluster(event);
            case LabelMessage.Ask _ -> askAll();
            case LabelMessage.Tick _ -> tick();
        }
        return Behaviors.same();
    }

    private void declare(LabelMessage.Declare declare) {
        Set<String> labels = declare.labels();
        String taken = claims.takenHere(declare.group(), labels);
        if (taken != null) {
            declare.result().completeExceptionally(Problems.labelNotUnique(taken).asException());
        } else if (labels.size() > settings.declarationMax()
                || claims.size() + labels.size() > settings.labelsMax()) {
            declare.result().completeExceptionally(tooMany().asException());
        } else {
            Own claim = claims.add(declare.group(), labels, declare.owner());
            waiting.put(claim, new Waiting(declare.result()));
            unsettled.add(claim);
            if (!owners.containsKey(claim.owner())) {
                context.watchWith(claim.owner(), new LabelMessage.Gone(claim.owner()));
            }
            owners.computeIfAbsent(claim.owner(), _ -> new HashSet<>()).add(claim);
            if (unsent.isEmpty()) {
                context.getSelf().tell(new LabelMessage.Ask());
            }
            unsent.add(claim);
        }
    }

    private Problem tooMany() {
        return Problem.of(
                        503,
                        "acknowledgement:label.too.many",
                        "Too many labels of acknowledgements are declared on this node.")
                .describedBy(
                        "One subscriber may declare "
                                + settings.declarationMax()
                                + ", all of a node together "
                                + settings.labelsMax()
                                + ".");
    }

    private void askAll() {
        List<Own> fresh = List.copyOf(unsent);
        unsent.clear();
        others.keySet().forEach(node -> ask(node, fresh));
        fresh.forEach(this::proceed);
    }

    private void tick() {
        for (Own claim : List.copyOf(unsettled)) {
            Waiting waits = waiting.get(claim);
            if (waits != null && up) {
                waits.ticks++;
                proceed(claim);
            }
        }
        others.keySet().forEach(node -> ask(node, unsettled));
    }

    /** What of these the node has not answered yet. */
    private void ask(Address node, Iterable<Own> wanted) {
        ActorRef<LabelMessage> ref = others.get(node);
        if (ref == null || unreachable.contains(node)) {
            return;
        }
        List<Claim> asked = new ArrayList<>();
        int labels = 0;
        for (Own claim : wanted) {
            if (claim.isAnsweredBy(node)) {
                continue;
            }
            if (labels > 0 && labels + claim.labels().size() > LABELS_OF_A_MESSAGE) {
                ref.tell(new Asks(context.getSelf(), asked));
                asked = new ArrayList<>();
                labels = 0;
            }
            asked.add(claim.asClaim());
            labels += claim.labels().size();
        }
        if (!asked.isEmpty()) {
            ref.tell(new Asks(context.getSelf(), asked));
        }
    }

    private void answer(Asks asks) {
        Address from = asks.node().path().address();
        if (!others.containsKey(from)) {
            // Not a member yet: it asks again, and by then it is one.
            return;
        }
        List<Answer> answers = new ArrayList<>();
        for (Claim claim : asks.claims()) {
            String taken =
                    claims.judge(
                            claim,
                            from,
                            (loser, label) -> refuse(loser, Problems.labelNotUnique(label)));
            answers.add(new Answer(claim.ticket(), taken));
        }
        asks.node().tell(new Answers(context.getSelf(), answers));
    }

    private void learn(Answers answers) {
        Address from = answers.node().path().address();
        for (Answer answer : answers.answers()) {
            Own claim = claims.get(answer.ticket());
            if (claim == null) {
                continue;
            }
            claim.answeredBy(from);
            if (answer.taken() != null) {
                refuse(claim, Problems.labelNotUnique(answer.taken()));
            } else {
                proceed(claim);
            }
        }
    }

    /** Grants what nobody speaks against, and settles what all have agreed to. */
    private void proceed(Own claim) {
        Waiting waits = waiting.get(claim);
        if (waits == null || !up) {
            return;
        }
        Predicate<Address> agreed = node -> claim.isAnsweredBy(node) || unreachable.contains(node);
        if (!claim.granted()
                && (waits.ticks >= TICKS_MAX || others.keySet().stream().allMatch(agreed))) {
            claim.grant();
            waits.result.complete(new Handle(claim.ticket(), waits.lost));
        }
        if (claim.granted() && others.keySet().stream().allMatch(claim::isAnsweredBy)) {
            claim.settle();
            unsettled.remove(claim);
        }
    }

    /** What a declaration hands out; its owner may use it on any thread. */
    private final class Handle implements AckLabels.Declared {
        private final long ticket;
        private final CompletableFuture<Problem> lost;
        private final ActorRef<LabelMessage> actor = context.getSelf();

        Handle(long ticket, CompletableFuture<Problem> lost) {
            this.ticket = ticket;
            this.lost = lost;
        }

        @Override
        public CompletionStage<Problem> lost() {
            return lost;
        }

        @Override
        public void withdraw() {
            actor.tell(new LabelMessage.Withdraw(ticket));
        }
    }

    private void refuse(Own claim, Problem problem) {
        Waiting waits = waiting.get(claim);
        remove(claim);
        if (waits != null && !waits.result.completeExceptionally(problem.asException())) {
            waits.lost.complete(problem);
        }
    }

    private void remove(Own claim) {
        claims.remove(claim);
        waiting.remove(claim);
        unsent.remove(claim);
        unsettled.remove(claim);
        Set<Own> left = owners.getOrDefault(claim.owner(), new HashSet<>());
        left.remove(claim);
        if (left.isEmpty() && owners.remove(claim.owner()) != null) {
            context.unwatch(claim.owner());
        }
    }

    private void onCluster(ClusterDomainEvent event) {
        switch (event) {
            case MemberRemoved removed -> {
                others.remove(removed.member().address());
                unreachable.remove(removed.member().address());
                unsettled.forEach(claim -> claim.forget(removed.member().address()));
            }
            case UnreachableMember lost -> unreachable.add(lost.member().address());
            case ReachabilityEvent back -> unreachable.remove(back.member().address());
            case MemberEvent member -> add(member.member());
            default -> {}
        }
        List.copyOf(unsettled).forEach(this::proceed);
    }

    private void add(Member member) {
        Address address = member.address();
        if (address.equals(self)) {
            up |= member.status().equals(MemberStatus.up());
        } else if (!member.status().equals(MemberStatus.down()) && !others.containsKey(address)) {
            others.put(
                    address,
                    ActorRefResolver.get(context.getSystem())
                            .resolveActorRef(address + "/system/" + NAME));
            // What is granted need not be asked for: who joins asks for its own, and is told.
            unsettled.stream().filter(Own::granted).forEach(claim -> claim.answeredBy(address));
            ask(address, unsettled);
        }
    }
}
