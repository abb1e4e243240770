package org.patchbay.connectivity.mapping.mappers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.MappingProblems;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Envelope;
import org.patchbay.protocol.MediaType;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.Json;

/**
 * Ditto Protocol as CloudEvents 1.0: structured ones ({@code application/cloudevents+json}, the
 * signal under {@code data}) and binary ones (the signal as the payload, the attributes as
 * headers). Other messages are dropped. Outgoing ones are structured.
 */
public final class CloudEventsMapper implements PayloadMapper {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    /** How transports mark headers that are attributes of an event. */
    private static final List<String> PREFIXES = List.of("ce-", "ce_", "cloudEvents:");

    private static final String SOURCE = "https://github.com/eclipse-ditto/ditto";
    private static final String TYPE_PREFIX = "org.eclipse.ditto.outbound:";

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        String contentType = message.contentType();
        return switch (contentType == null ? "" : contentType.toLowerCase(Locale.ROOT)) {
            case STRUCTURED -> List.of(structured(message));
            case MediaType.DITTO -> List.of(binary(message));
            default -> List.of();
        };
    }

    private static Signal structured(ExternalMessage message) {
        JsonNode event = Json.parse(text(message));
        for (String name : REQUIRED) {
            if (!event.path(name).isTextual()) {
                throw failed("It has no '" + name + "', which every CloudEvent has.");
            }
        }
        if (event.path("data_base64").isTextual()) {
            return Envelope.read(Json.parse(decoded(event.path("data_base64"))));
        }
        JsonNode data = event.path("data");
        if (data.isTextual()) {
            return Envelope.read(Json.parse(data.textValue()));
        }
        if (!data.isObject()) {
            throw failed("Its 'data' is no Ditto Protocol message.");
        }
        return Envelope.read(data);
    }

    private static byte[] decoded(JsonNode base64) {
        try {
            return base64.binaryValue();
        } catch (IOException e) {
            throw failed("Its 'data_base64' is no Base64.");
        }
    }

    private static Signal binary(ExternalMessage message) {
        for (String name : REQUIRED) {
            if (PREFIXES.stream().noneMatch(prefix -> message.headers().has(prefix + name))) {
                throw failed("It has no header 'ce-" + name + "', which every CloudEvent has.");
            }
        }
        return Envelope.read(Json.parse(text(message)));
    }

    private static String text(ExternalMessage message) {
        @Nullable String text = message.payloadText();
        return text == null ? "" : text;
    }

    private static ProblemException failed(String why) {
        return MappingProblems.failed("CloudEvents", "incoming", why).asException();
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        String correlationId = signal.headers().correlationId();
        String topic = signal.topic().toString();
        int afterName = topic.indexOf('/', topic.indexOf('/') + 1) + 1;
        Instant time = signal.timestamp() == null ? Instant.now() : signal.timestamp();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0");
        event.put("id", correlationId == null ? UUID.randomUUID().toString() : correlationId);
        event.put("source", SOURCE);
        event.put("type", TYPE_PREFIX + topic.substring(afterName));
        event.put("datacontenttype", MediaType.DITTO);
        event.put("time", time.toString());
        event.put("subject", signal.entityId());
        event.set("data", Envelope.write(signal));
        Headers headers = Headers.of(Map.of(HeaderDefinition.CONTENT_TYPE, STRUCTURED));
        return List.of(ExternalMessage.ofText(headers, Json.write(event)));
    }
}
