package org.patchbay.connectivity.mapping.mappers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.placeholder.Scope;

/**
 * Merges into the twin what a device answered to a live retrieve. Stands beside the mapper that
 * hands the answer on; makes nothing of any other message.
 */
public record UpdateTwinWithLiveResponseMapper(JsonTemplate headers) implements PayloadMapper {

    private static final ObjectNode DEFAULT_HEADERS =
            JsonNodeFactory.instance.objectNode().put(HeaderDefinition.IF_MATCH, "*");
    private static final String MERGE_PATCH = "application/merge-patch+json";

    public static PayloadMapper of(MapperOptions options) {
        ObjectNode headers = options.object("dittoHeadersForMerge");
        return new UpdateTwinWithLiveResponseMapper(
                JsonTemplate.of(headers == null ? DEFAULT_HEADERS : headers));
    }

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        Signal answer = signalIn(message);
        if (answer == null || !isRetrieved(answer) || answer.value() == null) {
            return List.of();
        }
        return List.of(
                Signal.command(
                        ThingIds.command(answer.entityId(), "merge"),
                        answer.path(),
                        headersFor(answer, message),
                        answer.value()));
    }

    private static @Nullable Signal signalIn(ExternalMessage message) {
        try {
            String text = message.payloadText();
            return text == null ? null : Envelope.read(Json.parse(text));
        } catch (ProblemException e) {
            return null;
        }
    }

    private static boolean isRetrieved(Signal signal) {
        Integer status = signal.status();
        return signal.topic().channel() == Channel.LIVE
                && signal.topic().criterion() == Criterion.COMMANDS
                && "retrieve".equals(signal.topic().action())
                && status != null
                && status / 100 == 2;
    }

    private Headers headersFor(Signal answer, ExternalMessage message) {
        String correlationId = answer.headers().correlationId();
        String base = correlationId == null ? UUID.randomUUID().toString() : correlationId;
        return Envelope.readHeaders(headers.resolve(message.placeholders(Scope.MAPPING)))
                .withCorrelationId(base + "-merge-into-twin")
                .with(HeaderDefinition.CONTENT_TYPE, MERGE_PATCH)
                .with(HeaderDefinition.RESPONSE_REQUIRED, "false");
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        return List.of();
    }
}
