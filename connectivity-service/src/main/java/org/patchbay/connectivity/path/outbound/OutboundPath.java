package org.patchbay.connectivity.path.outbound;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.WeakAcks;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TakeResponse;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;
import org.patchbay.connectivity.path.publishing.Outlet;

/**
 * The ways from the bus to the targets of a connection. It outlives links: what the broker has not
 * taken when a link is lost goes over the next one.
 */
public final class OutboundPath {

    private final String connectionId;
    private final ClientShare share;
    private final List<TargetPath> targets;
    private final DivertedResponses diverted;
    private final OwnAcks ownAcks;

    private final AtomicInteger undecided = new AtomicInteger();
    private final int undecidedMax;

    /** Whether the targets have been told that the connection is open. */
    private boolean announced;

    private OutboundPath(PathContext context, List<TargetPath> targets) {
        this.connectionId = context.connection().id();
        this.share = new ClientShare(context.clientIndex(), context.connection().clientCount());
        this.targets = targets;
        this.diverted = new DivertedResponses(context, targets);
        this.ownAcks = context.ownAcks();
        this.undecidedMax = context.settings().subscriberBufferMax();
    }

    public static OutboundPath start(PathContext context) {
        return new OutboundPath(
                context,
                context.connection().targets().stream()
                        .map(target -> new TargetPath(context, target))
                        .toList());
    }

    /**
     * What the targets want of the bus. Those of different subjects are not joined: what a policy
     * revokes from one of two subjects would hide what the other may read.
     */
    public List<Interest> interests() {
        return targets.stream()
                .map(TargetPath::interest)
                .filter(interest -> !interest.kinds().isEmpty())
                .distinct()
                .toList();
    }

    /** To be added once the labels are the connection's: others stand in for them then. */
    public Interest labelInterest() {
        return new Interest(Set.of(), Set.of(), Set.of(), Set.of(), ownAcks.all(), connectionId);
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
        handOut(publication, TargetPath::refuse);
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
        handOut(publication, TargetPath::offer);
    }

    private interface Way {
        void to(TargetPath target, Publication publication, Takers takers);
    }

    private void handOut(Publication publication, Way way) {
        if (!share.holds(publication.signal().entityId())) {
            return;
        }
        if (connectionId.equals(publication.origin())) {
            // Nobody outside will acknowledge what does not leave.
            WeakAcks.issue(publication, ownAcks::mayIssue);
            return;
        }
        if (targets.isEmpty()) {
            WeakAcks.issue(publication, ownAcks::mayComeIn);
        }
        Takers takers = Takers.of(publication, ownAcks, targets);
        targets.forEach(target -> way.to(target, publication, takers));
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

    /** The connection closes: the targets that were told that it is open are told so. */
    public void announceClosed(Instant at) {
        if (announced) {
            announced = false;
            offer(ConnectionAnnouncement.CLOSED.of(connectionId, at));
        }
    }

    /** Takes nothing more; what waits is still published. */
    public void close() {
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
