package org.patchbay.connectivity.path.outbound;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.acknowledgement.IssuedAcks;

/**
 * The ways from the bus to the targets of a connection. It outlives links: what the broker has not
 * taken when a link is lost goes over the next one.
 */
public final class OutboundPath {

    private final String connectionId;
    private final ClientShare share;
    private final List<TargetPath> targets;

    private OutboundPath(String connectionId, ClientShare share, List<TargetPath> targets) {
        this.connectionId = connectionId;
        this.share = share;
        this.targets = targets;
    }

    public static OutboundPath start(PathContext context) {
        Set<String> declared =
                context.connection().sources().stream()
                        .flatMap(source -> source.declaredAcks().stream())
                        .map(label -> IssuedAcks.resolve(label, context.connection().id()))
                        .collect(Collectors.toUnmodifiableSet());
        return new OutboundPath(
                context.connection().id(),
                new ClientShare(context.clientIndex(), context.connection().clientCount()),
                context.connection().targets().stream()
                        .map(target -> new TargetPath(context, target, declared))
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

    /** The subscriber to the bus. */
    public Behavior<Publication> subscriber() {
        return Behaviors.receiveMessage(publication -> {
            offer(publication);
            return Behaviors.same();
        });
    }

    /**
     * Hands a publication to the targets; what came in through this connection does not leave by
     * it.
     */
    void offer(Publication publication) {
        boolean echo = connectionId.equals(publication.origin());
        if (!echo && share.holds(publication.signal().entityId())) {
            targets.forEach(target -> target.offer(publication));
        }
    }

    /** Takes nothing more; what waits is still published. */
    public void close() {
        targets.forEach(TargetPath::close);
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
