package org.patchbay.cluster.acknowledgement;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * The acknowledgements of one signal: which are asked for, which have come.
 *
 * @param command what was sent
 */
public record AckCollection(Signal command, Set<String> labels, Map<String, Signal> received) {

    private static final int TIMED_OUT = 408;
    private static final int DEPENDENCY_FAILED = 424;

    public AckCollection {
        received = Map.copyOf(received);
    }

    public static AckCollection of(Signal command, Set<String> labels) {
        return new AckCollection(command, labels, Map.of());
    }

    /** With what came in; the first of a label counts, what nobody asked for is left out. */
    public AckCollection with(Signal ack) {
        String label = label(ack);
        if (!labels.contains(label) || received.containsKey(label)) {
            return this;
        }
        Map<String, Signal> more = new LinkedHashMap<>(received);
        more.put(label, ack);
        return new AckCollection(command, labels, more);
    }

    public boolean complete() {
        return received.size() == labels.size();
    }

    /** The status of all: the one of the only label, else 200 where all are good, else 424. */
    public int status() {
        if (labels.size() == 1) {
            return statusOf(labels.iterator().next());
        }
        return labels.stream().allMatch(label -> isSuccess(statusOf(label)))
                ? 200
                : DEPENDENCY_FAILED;
    }

    /**
     * Whether one failed in a way that another attempt may mend. What a live response says is
     * between those two: that it came is enough.
     */
    public boolean worthAnotherTry() {
        return labels.stream()
                .filter(label ->
                        !label.equals(Expectations.LIVE_RESPONSE) || !received.containsKey(label))
                .mapToInt(this::statusOf)
                .anyMatch(status -> status == TIMED_OUT || status >= 500);
    }

    /**
     * The labels that were not given, in order. A live response is given whatever it says; what
     * only a search could acknowledge is nobody's refusal.
     */
    public List<String> refused() {
        return labels.stream()
                .filter(label -> !label.equals(Expectations.SEARCH_PERSISTED))
                .filter(label ->
                        !label.equals(Expectations.LIVE_RESPONSE) || !received.containsKey(label))
                .filter(label -> !isSuccess(statusOf(label)))
                .toList();
    }

    /** What the sender is answered: the live response itself, or all acknowledgements by label. */
    public Signal answer() {
        Signal live = received.get(Expectations.LIVE_RESPONSE);
        if (live != null && labels.size() == 1) {
            return live;
        }
        if (live == null && labels.equals(Set.of(Expectations.LIVE_RESPONSE))) {
            return command.fail(liveTimeout(), replyHeaders());
        }
        return aggregated();
    }

    private Signal aggregated() {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        labels.forEach(label -> value.set(label, entry(received.get(label))));
        TopicPath topic = command.topic().with(Criterion.ACKS, null);
        Headers headers = replyHeaders();
        Signal only = labels.size() == 1 ? received.get(labels.iterator().next()) : null;
        if (only != null) {
            headers = only.headers().withAll(headers);
        }
        return new Signal(
                topic,
                org.patchbay.protocol.json.JsonPointer.ROOT,
                headers,
                value,
                null,
                status(),
                null,
                null,
                null);
    }

    private ObjectNode entry(@Nullable Signal ack) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        if (ack == null) {
            entry.put("status", TIMED_OUT);
            entry.set("payload", timeout().toJson());
            entry.set("headers", Envelope.writeHeaders(bareHeaders()));
            return entry;
        }
        entry.put("status", ack.status());
        if (ack.value() != null) {
            entry.set("payload", ack.value());
        }
        Headers headers = ack.headers().without(HeaderDefinition.CONTENT_TYPE);
        entry.set("headers", Envelope.writeHeaders(headers));
        return entry;
    }

    /** Of one of the labels; 408 where nothing has come for it. */
    public int statusOf(String label) {
        Signal ack = received.get(label);
        return ack == null || ack.status() == null ? TIMED_OUT : ack.status();
    }

    private Headers replyHeaders() {
        Headers headers = bareHeaders().with(HeaderDefinition.CONTENT_TYPE, "application/json");
        String timeout = command.headers().get(HeaderDefinition.TIMEOUT);
        return timeout == null ? headers : headers.with(HeaderDefinition.TIMEOUT, timeout);
    }

    private Headers bareHeaders() {
        String correlationId = command.headers().correlationId();
        Headers headers = Headers.EMPTY.with(HeaderDefinition.RESPONSE_REQUIRED, "false");
        return correlationId == null ? headers : headers.withCorrelationId(correlationId);
    }

    public static boolean isSuccess(int status) {
        return status >= 200 && status < 300;
    }

    private static String label(Signal ack) {
        TopicPath topic = ack.topic();
        if (topic.criterion() == Criterion.ACKS) {
            return String.valueOf(topic.action());
        }
        return topic.channel() == Channel.LIVE
                ? Expectations.LIVE_RESPONSE
                : Expectations.TWIN_PERSISTED;
    }

    private static Problem timeout() {
        return Problem.of(
                        TIMED_OUT,
                        "acknowledgement:request.timeout",
                        "The acknowledgement did not come in time.")
                .describedBy("Ask for it with a longer timeout, or check who should issue it.");
    }

    private static Problem liveTimeout() {
        return Problem.of(TIMED_OUT, "command.timeout", "Nobody answered in time.")
                .describedBy("Check whether a device is there to answer, or use a longer timeout.");
    }
}
