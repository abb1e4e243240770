package org.patchbay.cluster.twins;

import java.util.Optional;
import org.patchbay.cluster.acknowledgement.Expectations;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.HeaderDefinition;

/** Which signals may come in from outside at all. */
public final class IncomingSignals {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private IncomingSignals() {}

    /**
     * Whether it answers something that nobody here has asked: a response of a twin that came back
     * in. It gets no answer, for that would come back, too.
     */
    public static boolean isStrayAnswer(Signal signal) {
        return signal.isResponse()
                && signal.topic().criterion() != Criterion.ACKS
                && signal.topic().channel() != Channel.LIVE;
    }

    /** What is wrong with the signal, if anything. */
    public static Optional<Problem> check(Signal signal, Expectations expects) {
        TopicPath topic = signal.topic();
        if (topic.group() == Group.CONNECTIONS) {
            return unsupported(topic);
        }
        if (expects.timeout().isZero() && wantsToHear(signal)) {
            return Optional.of(noTime());
        }
        return switch (topic.criterion()) {
            case COMMANDS -> command(signal, expects);
            case MESSAGES, ACKS -> Optional.empty();
            case EVENTS -> event(signal);
            case ERRORS ->
                    signal.isResponse() && topic.channel() == Channel.LIVE
                            ? Optional.empty()
                            : unsupported(topic);
            case SEARCH, STREAMING, ANNOUNCEMENTS -> unsupported(topic);
        };
    }

    private static boolean wantsToHear(Signal signal) {
        boolean asks =
                signal.topic().criterion() == Criterion.COMMANDS
                        || signal.topic().criterion() == Criterion.MESSAGES;
        return asks
                && !signal.isResponse()
                && (signal.headers().responseRequired(false)
                        || !Expectations.requestedAcks(signal.headers()).isEmpty());
    }

    private static Problem noTime() {
        return Problems.headerInvalid(
                        HeaderDefinition.TIMEOUT,
                        "zero leaves no time for a response or an acknowledgement")
                .describedBy(
                        "Give a longer timeout, or ask for no response and no acknowledgements.");
    }

    private static Optional<Problem> command(Signal signal, Expectations expects) {
        if (signal.isResponse()) {
            return Optional.empty();
        }
        String action = String.valueOf(signal.topic().action());
        boolean asksInVain =
                action.equals("retrieve")
                        && !expects.responseRequired()
                        && expects.requestedAcks().isEmpty();
        if (asksInVain) {
            return Optional.of(answerUnwanted());
        }
        boolean isPatch = MERGE_PATCH.equals(signal.headers().get(HeaderDefinition.CONTENT_TYPE));
        return action.equals("merge") && !isPatch ? Optional.of(noPatch()) : Optional.empty();
    }

    private static Problem noPatch() {
        return new Problem(
                415,
                "mediatype.unsupported",
                "A merge needs the content type " + MERGE_PATCH + ".",
                "Set the header content-type to " + MERGE_PATCH + ".",
                "https://tools.ietf.org/html/rfc7396");
    }

    private static Optional<Problem> event(Signal signal) {
        if (signal.revision() == null && signal.timestamp() == null) {
            return Optional.of(Problems.jsonFieldMissing("/revision"));
        }
        return signal.topic().channel() == Channel.LIVE
                ? Optional.empty()
                : unsupported(signal.topic());
    }

    private static Optional<Problem> unsupported(TopicPath topic) {
        return Optional.of(
                Problem.of(
                                400,
                                "protocoladapter:unknown.topicpath",
                                "Signals with the topic '"
                                        + topic
                                        + "' can't be sent from outside.")
                        .describedBy(
                                "Send commands, live messages, live events or acknowledgements."));
    }

    private static Problem answerUnwanted() {
        return Problem.of(
                        400,
                        "command.headers.invalid",
                        "A command that retrieves something must want its response.")
                .describedBy("Leave out response-required or set it to true.");
    }
}
