package org.patchbay.connectivity.path.outbound;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.WeakAcks;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TakeResponse;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.publishing.Outlet;

/**
 * The ways from the bus to the targets of a connection. It outlives links: what the broker has not
 * taken when a link is lost goes over the next one.
 */
public final class OutboundPath {

    private static final Interest NOTHING =
            new Interest(Set.of(), Set.of(), Set.of(), Set.of(), null);

    private final String connectionId;
    private final ClientShare share;
    private final List<TargetPath> targets;
    private final DivertedResponses diverted;

    /** Labels of acknowledgements that come in through sources. */
    private final Set<String> declared;

    /** Those, and the ones that targets issue. */
    private final Set<String> labels;

    private final AtomicInteger undecided = new AtomicInteger();
    private final int undecidedMax;

    /** Whether the targets have been told that the connection is open. */
    private boolean announced;

    private OutboundPath(PathContext context, List<TargetPath> targets, Set<String> declared) {
        this.connectionId = context.connection().id();
        this.share = new ClientShare(context.clientIndex(), context.connection().clientCount());
        this.targets = targets;
        this.diverted = new DivertedResponses(context, targets);
        this.declared = declared;
        this.undecidedMax = context.settings().subscriberBufferMax();
        this.labels = new HashSet<>(declared);
        targets.forEach(target -> target.issuedLabel().ifPresent(labels::add));
    }

    public static OutboundPath start(PathContext context) {
        String connectionId = context.connection().id();
        Set<String> declared =
                context.connection().sources().stream()
                        .flatMap(source -> source.declaredAcks().stream())
                        .map(label -> IssuedAcks.resolve(label, connectionId))
                        .collect(Collectors.toUnmodifiableSet());
        return new OutboundPath(
                context,
                context.connection().targets().stream()
                        .map(target -> new TargetPath(context, target, declared))
                        .toList(),
                declared);
    }

    /**
     * What the targets want of the bus. Those of different subjects are not joined: what a policy
     * revokes from one of two subjects would hide what the other may read.
     */
    public List<Interest> interests() {
        List<Interest> interests =
                targets.stream()
                        .map(TargetPath::interest)
                        .filter(interest -> !interest.kinds().isEmpty())
                        .map(interest -> interest.withLabels(labels))
                        .distinct()
                        .toList();
        return interests.isEmpty() && !labels.isEmpty()
                ? List.of(NOTHING.withLabels(labels))
                : interests;
    }

    /**
     * Whether a publication may be sent to the {@link #subscriber}, asked by whoever publishes. A
     * publication that may not is dropped, counted, and told as such to who requested its
     * acknowledgement; that this takes some of the publisher's time slows down the right one.
     */
    public boolean admits(Publication publication) {
        if (undecided.incrementAndGet() <= undecidedMax) {
            return true;
        }
        undecided.decrementAndGet();
        handOut(publication, target -> target.refuse(publication));
        return false;
    }

    /** The subscriber to the bus; to be sent only what is admitted. */
    public Behavior<Publication> subscriber() {
        return Behaviors.receiveMessage(publication -> {
            undecided.decrementAndGet();
            offer(publication);
            return Behaviors.same();
        });
    }

    /**
     * Hands a publication to the targets; what came in through this connection does not leave by
     * it.
     */
    void offer(Publication publication) {
        handOut(publication, target -> target.offer(publication));
    }

    /**
     * @param target whether the publication was for it
     */
    private void handOut(Publication publication, Predicate<TargetPath> target) {
        if (!share.holds(publication.signal().entityId())) {
            return;
        }
        if (connectionId.equals(publication.origin())) {
            // Nobody outside will acknowledge what does not leave.
            WeakAcks.issue(publication, labels::contains);
            return;
        }
        boolean taken = false;
        for (TargetPath one : targets) {
            taken |= target.test(one);
        }
        if (!taken) {
            WeakAcks.issue(publication, declared::contains);
        }
    }

    /** Takes what another connection diverts to this one. */
    public ConnectionReply take(TakeResponse response) {
        return diverted.take(response);
    }

    /** A link is there: the targets that want to know are told so the first time. */
    public void opened(Instant at) {
        if (!announced) {
            announced = true;
            offer(ConnectionAnnouncement.OPENED.of(connectionId, at));
        }
    }

    /**
     * Takes nothing more; what waits is still published, last of all that the connection closes.
     */
    public void close(Instant at) {
        if (announced) {
            announced = false;
            offer(ConnectionAnnouncement.CLOSED.of(connectionId, at));
        }
        targets.forEach(TargetPath::close);
    }

    /** Of each target, in order: present where its messages are not taken again and again. */
    public List<Optional<Outlet.Trouble>> troubles() {
        return targets.stream().map(TargetPath::trouble).toList();
    }

    /** Completes when all that waited has been published, after a {@link #close}. */
    public CompletionStage<Done> ended() {
        CompletableFuture<?>[] ends =
                targets.stream()
                        .map(target -> target.ended().toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(ends).thenApply(_ -> Done.getInstance());
    }
}
