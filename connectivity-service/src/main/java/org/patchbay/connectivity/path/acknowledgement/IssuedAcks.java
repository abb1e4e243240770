package org.patchbay.connectivity.path.acknowledgement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.HeaderDefinition;
import org.patchbay.protocol.Headers;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Template;

/** The acknowledgements that targets issue, as signals. */
public final class IssuedAcks {

    private IssuedAcks() {}

    /** An acknowledgement that says what came of publishing. */
    public static Signal strong(Signal signal, String label, PublishResult result) {
        return ack(signal, label, result.status(), result.headers(), result.value());
    }

    /** An acknowledgement for who was not concerned; it never causes a redelivery. */
    public static Signal weak(Signal signal, String label) {
        Headers weak = Headers.EMPTY.with(HeaderDefinition.WEAK_ACK, "true");
        JsonNode why = JsonNodeFactory.instance.textNode("The signal was not for this subscriber.");
        return ack(signal, label, 200, weak, why);
    }

    /** The labels that a published signal requests. */
    public static Set<String> requests(Signal signal) {
        if (!signal.headers().has(HeaderDefinition.REQUESTED_ACKS)) {
            return Set.of();
        }
        try {
            return Expectations.requestedAcks(signal.headers());
        } catch (ProblemException e) {
            return Set.of();
        }
    }

    /** Those of the labels that are known, as the value of the header. */
    public static String labels(Set<String> labels, Set<String> known) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        labels.stream().filter(known::contains).forEach(array::add);
        return array.toString();
    }

    /** A label may name its connection by a placeholder. */
    public static String resolve(String label, String connectionId) {
        return Template.parse(label)
                .resolve(
                        org.patchbay.protocol.placeholder.SignalPlaceholders.inbound(
                                org.patchbay.protocol.placeholder.Scope.TARGET,
                                null,
                                Headers.EMPTY,
                                org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings
                                        .of(connectionId)))
                .text()
                .orElse(label);
    }

    private static Signal ack(
            Signal signal, String label, int status, Headers headers, @Nullable JsonNode value) {
        TopicPath topic = signal.topic().with(Criterion.ACKS, label);
        String correlationId = signal.headers().correlationId();
        Headers all = correlationId == null ? headers : headers.withCorrelationId(correlationId);
        return new Signal(
                topic,
                JsonPointer.ROOT,
                all.with(HeaderDefinition.RESPONSE_REQUIRED, "false"),
                value,
                null,
                status,
                null,
                null,
                null);
    }
}
