package org.patchbay.gateway.websocket.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.patchbay.cluster.acknowledgement.Expectations;
import org.patchbay.cluster.twins.IncomingSignals;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/** Reads what a client sends: pure, one message at a time. */
public final class Incoming {

    private static final TopicPath UNKNOWN =
            new TopicPath("unknown", "unknown", Group.THINGS, Channel.TWIN, Criterion.ERRORS, null);

    private static final Set<String> ACTIONS =
            Set.of("create", "modify", "merge", "delete", "retrieve");

    /** In place of a name: several entities, or one that is still to get its name. */
    private static final String ANY = "_";

    private static final String JSON = "application/json";

    private final Set<String> declared;

    /**
     * @param declared labels of acknowledgements that the client may send
     */
    public Incoming(Set<String> declared) {
        this.declared = declared;
    }

    /**
     * @param own adds those headers that the server sets, and takes away those only it may set
     */
    public Received read(String text, UnaryOperator<Headers> own) {
        try {
            Optional<Received> control = ControlMessage.read(text);
            if (control.isPresent()) {
                return control.get();
            }
        } catch (ProblemException e) {
            return unreadable(e.problem(), Headers.EMPTY);
        }
        JsonNode json;
        try {
            json = Json.parse(text);
        } catch (ProblemException e) {
            return unreadable(e.problem(), Headers.EMPTY);
        }
        Headers headers = headers(json);
        try {
            return request(Envelope.read(orEmpty(json)), own);
        } catch (ProblemException e) {
            return unreadable(e.problem(), headers);
        }
    }

    /** The error about a message that was not looked into. */
    public static Received.Refused unreadable(Problem problem, Headers known) {
        return new Received.Refused(Signal.failed(UNKNOWN, problem, errorHeaders(known)));
    }

    /** An error about a signal, as its sender gets it. */
    public static Signal failed(Signal signal, Problem problem) {
        Headers headers = errorHeaders(signal.headers());
        boolean live = signal.topic().channel() == Channel.LIVE;
        return signal.fail(problem, live ? headers.with("channel", "live") : headers);
    }

    private Received request(Signal sent, UnaryOperator<Headers> own) {
        Received received = checked(sent.with(withCorrelationId(own.apply(sent.headers()))));
        // Errors that answer errors would never end.
        return received instanceof Received.Refused && sent.isError() && sent.isResponse()
                ? new Received.Stray()
                : received;
    }

    private Received checked(Signal signal) {
        TopicPath topic = signal.topic();
        if (!topic.name().equals(ANY) && !EntityId.isValid(signal.entityId())) {
            String prefix = topic.group() == Group.POLICIES ? "policies" : "things";
            return unreadable(EntityId.invalid(prefix, signal.entityId()), Headers.EMPTY);
        }
        String action = String.valueOf(topic.action());
        if (topic.group() == Group.THINGS
                && topic.criterion() == Criterion.COMMANDS
                && !ACTIONS.contains(action)) {
            return unreadable(
                    MessageProblems.actionUnknown(topic.toString(), action), signal.headers());
        }
        if (topic.criterion() == Criterion.ACKS && !declared.contains(action)) {
            return unreadable(Problems.labelNotDeclared(action), signal.headers());
        }
        if (IncomingSignals.isStrayAnswer(signal)) {
            return new Received.Stray();
        }
        try {
            Expectations expects = Asking.of(signal);
            return IncomingSignals.check(signal, expects)
                    .map(problem -> refused(signal, problem))
                    .orElseGet(() -> new Received.Request(Asking.told(signal, expects), expects));
        } catch (ProblemException e) {
            return new Received.Refused(failed(signal, e.problem()));
        }
    }

    /** That an answer is not wanted is noticed before it is looked what is asked for. */
    private static Received refused(Signal signal, Problem problem) {
        return problem.code().equals("command.headers.invalid")
                ? unreadable(problem, signal.headers())
                : new Received.Refused(failed(signal, problem));
    }

    private static JsonNode orEmpty(JsonNode json) {
        return json instanceof NullNode ? JsonNodeFactory.instance.objectNode() : json;
    }

    /** As far as they can be read. */
    private static Headers headers(JsonNode json) {
        try {
            return Envelope.readHeaders(json.get("headers"));
        } catch (ProblemException e) {
            return Headers.EMPTY;
        }
    }

    private static Headers errorHeaders(Headers headers) {
        return withCorrelationId(headers)
                .with(HeaderDefinition.RESPONSE_REQUIRED, "false")
                .with(HeaderDefinition.CONTENT_TYPE, JSON);
    }

    private static Headers withCorrelationId(Headers headers) {
        return headers.correlationId() == null
                ? headers.withCorrelationId(UUID.randomUUID().toString())
                : headers;
    }
}
