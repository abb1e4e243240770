package org.patchbay.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;

/** Acknowledgements of a signal, as signals. */
public final class Acknowledgement {

    private static final String NOT_CONCERNED = "The signal was not for this subscriber.";

    private Acknowledgement() {}

    /** What came of a signal for the one who issues this label. */
    public static Signal of(
            Signal signal, String label, int status, Headers headers, @Nullable JsonNode value) {
        String correlationId = signal.headers().correlationId();
        Headers all = correlationId == null ? headers : headers.withCorrelationId(correlationId);
        return new Signal(
                signal.topic().with(Criterion.ACKS, label),
                JsonPointer.ROOT,
                all.with(HeaderDefinition.RESPONSE_REQUIRED, "false"),
                value,
                null,
                status,
                null,
                null,
                null);
    }

    /** In place of one that will not come, because the signal did not concern its issuer. */
    public static Signal weak(Signal signal, String label) {
        Headers headers =
                signal.headers()
                        .without(HeaderDefinition.REQUESTED_ACKS, HeaderDefinition.CONTENT_TYPE)
                        .with(HeaderDefinition.WEAK_ACK, "true");
        return of(signal, label, 200, headers, JsonNodeFactory.instance.textNode(NOT_CONCERNED));
    }

    /**
     * The signal as a subscriber gets to see it: asking for those acknowledgements alone that it
     * may answer with.
     */
    public static Signal requesting(Signal signal, Set<String> ofSubscriber) {
        if (signal.isResponse()) {
            return signal;
        }
        Set<String> requested = requestedBy(signal);
        if (requested.isEmpty() && signal.headers().has(HeaderDefinition.REQUESTED_ACKS)) {
            return signal;
        }
        ArrayNode labels = JsonNodeFactory.instance.arrayNode();
        requested.stream().filter(ofSubscriber::contains).forEach(labels::add);
        return signal.with(
                signal.headers().with(HeaderDefinition.REQUESTED_ACKS, labels.toString()));
    }

    /** The labels that a published signal requests; none where they can't be read. */
    public static Set<String> requestedBy(Signal signal) {
        String text = signal.headers().get(HeaderDefinition.REQUESTED_ACKS);
        if (text == null || text.equals("[]")) {
            return Set.of();
        }
        try {
            Set<String> labels = new LinkedHashSet<>();
            Json.parse(text).forEach(label -> labels.add(label.asText()));
            return labels;
        } catch (ProblemException e) {
            return Set.of();
        }
    }
}
