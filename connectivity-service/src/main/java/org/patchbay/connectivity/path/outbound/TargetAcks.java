package org.patchbay.connectivity.path.outbound;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;

/** The acknowledgements that a target issues for what it publishes. */
final class TargetAcks {

    private final OwnAcks ownAcks;
    private final @Nullable String issuedLabel;
    private final EndpointAnswers answers;
    private final Monitor monitor;

    TargetAcks(PathContext context, Target target, Monitor monitor) {
        this.ownAcks = context.ownAcks();
        String label = target.issuedAcknowledgementLabel();
        this.issuedLabel = label == null ? null : OwnAcks.resolve(label, context.connection().id());
        this.answers = EndpointAnswers.of(context.connection(), issuedLabel);
        this.monitor = monitor;
    }

    /** What it acknowledges with what it publishes; null where it issues nothing. */
    @Nullable String label() {
        return issuedLabel;
    }

    /** Who wants to hear from this target what came of a publication, if anybody does. */
    @Nullable ActorRef<Signal> requester(Publication publication) {
        Signal signal = publication.signal();
        return answers.issuesFor(signal) || answers.mayComeFor(signal)
                ? publication.acknowledgements()
                : null;
    }

    /** Whether its requester hears whatever comes of it. */
    boolean issuesFor(Signal signal) {
        return issuedLabel != null && ownAcks.mayIssue(issuedLabel) && answers.issuesFor(signal);
    }

    void issue(Signal signal, @Nullable ActorRef<Signal> requester, PublishResult result) {
        if (requester == null) {
            return;
        }
        for (EndpointAnswers.Answer answer : answers.to(signal, result)) {
            switch (answer) {
                case EndpointAnswers.Answer.Issued(var label, var acknowledgement) ->
                        issue(signal, requester, label, acknowledgement);
                case EndpointAnswers.Answer.LiveResponse(var response) ->
                        tell(signal, requester, response);
                case EndpointAnswers.Answer.None(var why) ->
                        monitor.failure(
                                MetricType.ACKNOWLEDGED, signal.headers(), signal.entityId(), why);
            }
        }
    }

    private void issue(
            Signal signal, ActorRef<Signal> requester, String label, Signal acknowledgement) {
        Headers headers = signal.headers();
        String entityId = signal.entityId();
        Optional<Problem> refusal = ownAcks.refusal();
        if (refusal.isPresent() && !ownAcks.mayIssue(label)) {
            String why = "Not acknowledged: " + refusal.get().message();
            monitor.failure(MetricType.ACKNOWLEDGED, headers, entityId, why);
            return;
        }
        if (ownAcks.isTooLarge(acknowledgement.value())) {
            String why = "The acknowledgement's payload is too large and was left out.";
            monitor.failure(MetricType.ACKNOWLEDGED, headers, entityId, why);
            tell(signal, requester, ownAcks.withoutPayload(acknowledgement));
        } else {
            tell(signal, requester, acknowledgement);
        }
    }

    private void tell(Signal signal, ActorRef<Signal> requester, Signal answer) {
        Headers headers = signal.headers();
        String entityId = signal.entityId();
        requester.tell(answer);
        if (answer.status() != null && AckCollection.isSuccess(answer.status())) {
            monitor.success(MetricType.ACKNOWLEDGED, headers, entityId, "Acknowledged.");
        } else {
            monitor.failure(MetricType.ACKNOWLEDGED, headers, entityId, "Not acknowledged.");
        }
    }

    /**
     * Outside, only those labels are of interest that this connection's sources, or the endpoint
     * itself, may answer with.
     */
    Signal withOwnLabels(Signal signal) {
        Set<String> labels = new HashSet<>(ownAcks.declared());
        labels.addAll(answers.labelsOf(signal));
        return Acknowledgement.requesting(signal, labels);
    }
}
