package org.patchbay.connectivity.path.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * What the result of publishing a signal means to whoever waits for an answer to it.
 *
 * <p>Where the target issues a label, the result is that acknowledgement; where the label is {@code
 * live-response}, it is the response to a live message. An endpoint that answers requests may also
 * say so in Ditto's protocol: a live response then, or an acknowledgement with a label of the
 * connection where the target issues none.
 */
final class EndpointAnswers {

    private static final String DITTO = "application/vnd.eclipse.ditto+json";

    private final @Nullable String issuedLabel;
    private final boolean answersRequests;
    private final String ownPrefix;

    /** One answer, or why there is none. */
    sealed interface Answer {
        record Issued(String label, Signal acknowledgement) implements Answer {}

        record LiveResponse(Signal response) implements Answer {}

        record None(String why) implements Answer {}
    }

    private EndpointAnswers(
            @Nullable String issuedLabel, boolean answersRequests, String ownPrefix) {
        this.issuedLabel = issuedLabel;
        this.answersRequests = answersRequests;
        this.ownPrefix = ownPrefix;
    }

    /**
     * Those of a target.
     *
     * @param issuedLabel null where it issues none
     */
    static EndpointAnswers of(Connection connection, @Nullable String issuedLabel) {
        return new EndpointAnswers(
                issuedLabel, connection.type() == ConnectionType.HTTP_PUSH, connection.id() + ":");
    }

    /** Whether there is an answer to a signal whatever comes of publishing it. */
    boolean issuesFor(Signal signal) {
        if (issuedLabel == null) {
            return false;
        }
        return issuedLabel.equals(OwnAcks.LIVE_RESPONSE)
                ? wantsLiveResponse(signal)
                : Acknowledgement.requestedBy(signal).contains(issuedLabel);
    }

    /** Whether the endpoint may answer a signal in Ditto's protocol. */
    boolean mayComeFor(Signal signal) {
        return answersRequests && (wantsLiveResponse(signal) || !labelsOf(signal).isEmpty());
    }

    /** The requested labels that the endpoint may acknowledge with. */
    Set<String> labelsOf(Signal signal) {
        return answersRequests && issuedLabel == null
                ? Acknowledgement.requestedBy(signal).stream()
                        .filter(label -> label.startsWith(ownPrefix))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static boolean wantsLiveResponse(Signal signal) {
        Criterion criterion = signal.topic().criterion();
        return signal.topic().channel() == Channel.LIVE
                && (criterion == Criterion.MESSAGES || criterion == Criterion.COMMANDS)
                && !signal.isResponse()
                && signal.headers().responseRequired(true);
    }

    /** The answers to a signal; several where it asks for several things. */
    List<Answer> to(Signal signal, PublishResult result) {
        List<Answer> answers = new ArrayList<>(1);
        boolean spoken = answersRequests && speaksDitto(result);
        if (spoken) {
            Answer answer = explicit(signal, result);
            if (answer != null) {
                answers.add(answer);
            }
        }
        if (issuedLabel == null || !issuesFor(signal)) {
            return answers;
        }
        if (!issuedLabel.equals(OwnAcks.LIVE_RESPONSE)) {
            answers.add(
                    new Answer.Issued(issuedLabel, IssuedAcks.strong(signal, issuedLabel, result)));
        } else if (!spoken) {
            answers.add(implicit(signal, result));
        }
        return answers;
    }

    private static boolean speaksDitto(PublishResult result) {
        String type = result.headers().getOr(HeaderDefinition.CONTENT_TYPE, "");
        return type.toLowerCase(Locale.ROOT).startsWith(DITTO) && result.value() != null;
    }

    /** The result as it is; a live command has responses of a form that only a device can fill. */
    private static Answer implicit(Signal signal, PublishResult result) {
        if (signal.topic().criterion() == Criterion.MESSAGES) {
            Headers headers = identified(result.headers(), signal);
            return new Answer.LiveResponse(
                    signal.respond(result.status(), headers, result.value()));
        }
        Problem problem =
                Problem.of(
                                result.status() >= 400 ? result.status() : 502,
                                "things:live.command.unanswered",
                                "The endpoint did not answer the live command: status "
                                        + result.status()
                                        + ".")
                        .describedBy(
                                "A live command is answered in Ditto's protocol, as "
                                        + DITTO
                                        + ".");
        return new Answer.LiveResponse(signal.fail(problem, identified(Headers.EMPTY, signal)));
    }

    /** Null where it is none of what is waited for. */
    private @Nullable Answer explicit(Signal signal, PublishResult result) {
        Signal said;
        try {
            said = Envelope.read(java.util.Objects.requireNonNull(result.value()));
        } catch (ProblemException e) {
            return new Answer.None(
                    "The endpoint's answer is no message of Ditto's protocol: " + e.getMessage());
        }
        String correlationId = said.headers().correlationId();
        boolean fits =
                said.entityId().equals(signal.entityId())
                        && said.topic().group() == signal.topic().group()
                        && (correlationId == null
                                || correlationId.equals(signal.headers().correlationId()));
        if (!fits) {
            return new Answer.None(
                    "The endpoint's answer is for something else: entity and correlation-id have to"
                            + " be those of the request.");
        }
        Headers headers = identified(said.headers().withoutInternal(), signal);
        if (said.topic().criterion() == Criterion.ACKS) {
            return acknowledgement(signal, said, headers);
        }
        if (!wantsLiveResponse(signal)) {
            return null;
        }
        boolean isResponse =
                said.isResponse()
                        && said.topic().channel() == Channel.LIVE
                        && (said.isError() || said.topic().equals(signal.topic()))
                        && (said.isError() || said.path().equals(signal.path()));
        return isResponse
                ? new Answer.LiveResponse(said.with(headers))
                : new Answer.None(
                        "The endpoint's answer is no response: topic and path have to be those of"
                                + " the request, with a status.");
    }

    private @Nullable Answer acknowledgement(Signal signal, Signal said, Headers headers) {
        String label = String.valueOf(said.topic().action());
        Integer status = said.status();
        if (issuedLabel != null) {
            // The answer itself is the acknowledgement, whatever it says.
            return null;
        }
        if (status == null || !labelsOf(signal).contains(label)) {
            return new Answer.None(
                    "The endpoint acknowledges with '"
                            + label
                            + "', which is not requested of this connection, or without status.");
        }
        return new Answer.Issued(
                label, Acknowledgement.of(signal, label, status, headers, said.value()));
    }

    private static Headers identified(Headers headers, Signal signal) {
        String correlationId = signal.headers().correlationId();
        Headers answer = headers.with(HeaderDefinition.RESPONSE_REQUIRED, "false");
        return correlationId == null ? answer : answer.withCorrelationId(correlationId);
    }
}
