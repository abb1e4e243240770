package org.patchbay.connectivity.path.outbound;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.acknowledgement.AckCollection;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Headers;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;

/** The acknowledgements that a target issues for what it publishes. */
final class TargetAcks {

    private final OwnAcks ownAcks;
    private final @Nullable String issuedLabel;
    private final Monitor monitor;

    TargetAcks(PathContext context, Target target, Monitor monitor) {
        this.ownAcks = context.ownAcks();
        String label = target.issuedAcknowledgementLabel();
        this.issuedLabel = label == null ? null : OwnAcks.resolve(label, context.connection().id());
        this.monitor = monitor;
    }

    /** Who asks for this target's acknowledgement of a publication, if anybody does. */
    @Nullable ActorRef<Signal> requester(Publication publication) {
        return issuedLabel != null
                        && Acknowledgement.requestedBy(publication.signal()).contains(issuedLabel)
                ? publication.acknowledgements()
                : null;
    }

    void issue(Signal signal, @Nullable ActorRef<Signal> requester, PublishResult result) {
        if (requester == null || issuedLabel == null) {
            return;
        }
        Headers headers = signal.headers();
        String entityId = signal.entityId();
        Optional<Problem> refusal = ownAcks.refusal();
        if (refusal.isPresent() && !ownAcks.mayIssue(issuedLabel)) {
            String why = "Not acknowledged: " + refusal.get().message();
            monitor.failure(MetricType.ACKNOWLEDGED, headers, entityId, why);
            return;
        }
        Signal acknowledgement = IssuedAcks.strong(signal, issuedLabel, result);
        if (ownAcks.isTooLarge(result.value())) {
            String why = "The acknowledgement's payload is too large and was left out.";
            monitor.failure(MetricType.ACKNOWLEDGED, headers, entityId, why);
            acknowledgement = ownAcks.withoutPayload(acknowledgement);
        }
        requester.tell(acknowledgement);
        if (AckCollection.isSuccess(result.status())) {
            monitor.success(MetricType.ACKNOWLEDGED, headers, entityId, "Acknowledged.");
        } else {
            monitor.failure(MetricType.ACKNOWLEDGED, headers, entityId, "Not acknowledged.");
        }
    }

    /** The signal is not for this target, so that nobody need wait for its acknowledgement. */
    void issueWeakly(Publication publication) {
        issueWeakly(publication.signal(), requester(publication));
    }

    /** The same for a signal whose requester is known, if there is one. */
    void issueWeakly(Signal signal, @Nullable ActorRef<Signal> requester) {
        if (requester != null && issuedLabel != null && ownAcks.mayIssue(issuedLabel)) {
            requester.tell(Acknowledgement.weak(signal, issuedLabel));
        }
    }

    /**
     * Outside, only those labels are of interest that this connection's sources may answer with.
     */
    Signal withOwnLabels(Signal signal) {
        return Acknowledgement.requesting(signal, ownAcks.declared());
    }
}
