package org.patchbay.connectivity.path;

import java.util.HashSet;
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
import org.patchbay.protocol.SignalKind;

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
     * What all targets together want of the bus; no kinds where there is nothing to subscribe to.
     */
    public Interest interest() {
        Set<SignalKind> kinds = new HashSet<>();
        Set<String> subjects = new HashSet<>();
        Set<String> namespaces = new HashSet<>();
        Set<String> extraFields = new HashSet<>();
        boolean anyNamespace = false;
        for (TargetPath target : targets) {
            Interest one = target.interest();
            kinds.addAll(one.kinds());
            subjects.addAll(one.subjects());
            namespaces.addAll(one.namespaces());
            extraFields.addAll(one.extraFields());
            anyNamespace |= one.namespaces().isEmpty() && !one.kinds().isEmpty();
        }
        return new Interest(kinds, subjects, anyNamespace ? Set.of() : namespaces, extraFields);
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
