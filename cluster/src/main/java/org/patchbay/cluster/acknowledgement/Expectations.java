package org.patchbay.cluster.acknowledgement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.ETags;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/**
 * What the sender of a signal expects to hear of it.
 *
 * @param requestedAcks labels, in order
 * @param timeout how long it waits
 */
public record Expectations(boolean responseRequired, Set<String> requestedAcks, Duration timeout) {

    public static final String TWIN_PERSISTED = "twin-persisted";
    public static final String LIVE_RESPONSE = "live-response";

    /** There is no search; whoever asks for it is told so. */
    public static final String SEARCH_PERSISTED = "search-persisted";

    private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(60);
    private static final String RETRIEVE = "retrieve";

    /** Acknowledgements that a live signal can't get, and so does not wait for. */
    private static final Set<String> OF_THE_TWIN = Set.of(TWIN_PERSISTED, SEARCH_PERSISTED);

    private static final Duration TIMEOUT_MAX = Duration.ofSeconds(60);
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9-_:]{3,165}");
    private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,9})(ms|s|m|)");

    /**
     * Reads the headers of a signal.
     *
     * @param alwaysAsked which acknowledgements are asked for, whoever sends
     * @throws ProblemException where a header is not valid
     */
    public static Expectations of(Signal signal, Set<String> alwaysAsked) {
        Headers headers = signal.headers();
        checkEntityTags(headers, HeaderDefinition.IF_MATCH);
        checkEntityTags(headers, HeaderDefinition.IF_NONE_MATCH);
        Duration timeout = timeout(headers.get(HeaderDefinition.TIMEOUT));
        Set<String> requested = requestedAcks(headers);
        // Who asks for no acknowledgements in so many words wants no response unless he says so.
        boolean wantsNone = requested.isEmpty() && headers.has(HeaderDefinition.REQUESTED_ACKS);
        boolean response =
                responseRequired(headers, asks(signal) && !wantsNone) && !timeout.isZero();
        Set<String> labels = new LinkedHashSet<>();
        if (!timeout.isZero() && canBeAcknowledged(signal)) {
            labels.addAll(requested);
            labels.addAll(alwaysAsked);
            if (isLive(signal)) {
                labels.removeAll(OF_THE_TWIN);
            }
            if (isLive(signal) && response) {
                labels.add(LIVE_RESPONSE);
            } else {
                labels.remove(LIVE_RESPONSE);
            }
        }
        return new Expectations(response, labels, timeout);
    }

    /** What is given for commands that change a twin, live commands and messages, and no others. */
    private static boolean canBeAcknowledged(Signal signal) {
        if (signal.topic().group() != TopicPath.Group.THINGS || signal.isResponse()) {
            return false;
        }
        return switch (signal.topic().criterion()) {
            case MESSAGES -> isLive(signal);
            case COMMANDS -> isLive(signal) || !RETRIEVE.equals(signal.topic().action());
            case ACKS, ANNOUNCEMENTS, ERRORS, EVENTS, SEARCH, STREAMING -> false;
        };
    }

    /** Whether more is to be waited for than the answer of the twin. */
    public boolean needsAcknowledgements() {
        return requestedAcks.size() > (requestedAcks.contains(TWIN_PERSISTED) ? 1 : 0);
    }

    /** The labels of a {@code requested-acks} header; none where it is absent. */
    public static Set<String> requestedAcks(Headers headers) {
        String text = headers.get(HeaderDefinition.REQUESTED_ACKS);
        if (text == null) {
            return Set.of();
        }
        Set<String> labels = new LinkedHashSet<>();
        JsonNode array = parsed(text);
        if (!array.isArray()) {
            throw invalid(HeaderDefinition.REQUESTED_ACKS, "it is no JSON array");
        }
        for (JsonNode label : array) {
            if (!label.isTextual() || !LABEL.matcher(label.textValue()).matches()) {
                throw invalid(HeaderDefinition.REQUESTED_ACKS, label + " is no label");
            }
            labels.add(label.textValue());
        }
        return labels;
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.parse(text);
        } catch (ProblemException e) {
            throw invalid(HeaderDefinition.REQUESTED_ACKS, "it is no JSON array");
        }
    }

    private static boolean asks(Signal signal) {
        Criterion criterion = signal.topic().criterion();
        return !signal.isResponse()
                && (criterion == Criterion.COMMANDS
                        || criterion == Criterion.MESSAGES
                        || criterion == Criterion.SEARCH);
    }

    private static boolean isLive(Signal signal) {
        return signal.topic().channel() == Channel.LIVE;
    }

    private static boolean responseRequired(Headers headers, boolean otherwise) {
        String text = headers.get(HeaderDefinition.RESPONSE_REQUIRED);
        if (text == null) {
            return otherwise;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(HeaderDefinition.RESPONSE_REQUIRED, "it is true or false");
        };
    }

    private static Duration timeout(@Nullable String text) {
        if (text == null) {
            return TIMEOUT_DEFAULT;
        }
        Matcher matcher = TIMEOUT.matcher(text);
        if (!matcher.matches()) {
            throw invalid(HeaderDefinition.TIMEOUT, "it is a number with the unit ms, s or m");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration timeout =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                };
        return timeout.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : timeout;
    }

    private static void checkEntityTags(Headers headers, String name) {
        String text = headers.get(name);
        if (text != null && !ETags.isCondition(text)) {
            throw new ProblemException(
                    withReference(name, "it is * or a list of entity tags in quotes"));
        }
    }

    private static org.patchbay.protocol.Problem withReference(String name, String why) {
        var problem = Problems.headerInvalid(name, why);
        return new org.patchbay.protocol.Problem(
                problem.status(),
                problem.code(),
                problem.message(),
                "Entity tags stand in quotes: \"rev:1\".",
                "https://tools.ietf.org/html/rfc7232#section-2.3");
    }

    private static ProblemException invalid(String name, String why) {
        return Problems.headerInvalid(name, why)
                .describedBy("Send the header in this form or leave it out.")
                .asException();
    }
}
