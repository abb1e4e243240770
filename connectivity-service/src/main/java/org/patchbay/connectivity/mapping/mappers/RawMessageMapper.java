package org.patchbay.connectivity.mapping.mappers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.MappingProblems;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.MediaType;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Placeholders;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.Template;

/**
 * The payload of a live message as it is, without an envelope: what the envelope would say stands
 * in headers. Messages that are Ditto Protocol by their content type, and signals that are no
 * messages, go through the Ditto mapper.
 */
public final class RawMessageMapper implements PayloadMapper {

    private static final String SUBJECT = "ditto-message-subject";
    private static final String THING_ID = "ditto-message-thing-id";
    private static final String FEATURE_ID = "ditto-message-feature-id";
    private static final String DIRECTION = "ditto-message-direction";
    private static final String STATUS = "status";

    private static final Map<String, String> INCOMING_HEADERS =
            Map.of(
                    HeaderDefinition.CONTENT_TYPE,
                    "{{ header:content-type | fn:default('application/octet-stream') }}",
                    SUBJECT,
                    "{{ header:ditto-message-subject | fn:default(header:subject) }}",
                    THING_ID,
                    "{{ header:ditto-message-thing-id }}",
                    DIRECTION,
                    "TO",
                    FEATURE_ID,
                    "{{ header:ditto-message-feature-id }}",
                    STATUS,
                    "{{ header:status }}");
    private static final String OUTGOING_TYPE = "text/plain; charset=UTF-8";

    private final Map<String, Template> incoming;
    private final String outgoingType;
    private final DittoMapper ditto = new DittoMapper();

    private RawMessageMapper(Map<String, Template> incoming, String outgoingType) {
        this.incoming = incoming;
        this.outgoingType = outgoingType;
    }

    public static PayloadMapper of(MapperOptions options) {
        Map<String, Template> incoming = new LinkedHashMap<>();
        INCOMING_HEADERS.forEach((name, text) -> incoming.put(name, Template.parse(text)));
        ObjectNode own = options.object("incomingMessageHeaders");
        if (own != null) {
            // What the subject is called where it is written down, and where it is looked for.
            JsonNode subject = own.get("subject");
            if (subject != null) {
                incoming.put(SUBJECT, Template.parse(subject.asText()));
            }
            own.properties()
                    .forEach(it ->
                            incoming.put(it.getKey(), Template.parse(it.getValue().asText())));
        }
        return new RawMessageMapper(incoming, options.text("outgoingContentType", OUTGOING_TYPE));
    }

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        Headers headers = resolved(message.placeholders(Scope.MAPPING));
        MediaType type = MediaType.of(headers.get(HeaderDefinition.CONTENT_TYPE));
        if (type.bare().equals(MediaType.DITTO)) {
            return ditto.inbound(message);
        }
        String thingId = required(headers, THING_ID);
        String subject = required(headers, SUBJECT);
        if (!EntityId.isValid(thingId)) {
            throw failed("'" + thingId + "' is no thing id.");
        }
        ByteBuffer payload = message.payload();
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        Integer status = status(headers.get(STATUS));
        return List.of(
                new Signal(
                        ThingIds.topic(thingId, Channel.LIVE, Criterion.MESSAGES, subject),
                        path(headers, subject),
                        headers.without(STATUS),
                        type.value(bytes),
                        null,
                        status,
                        null,
                        null,
                        null));
    }

    private Headers resolved(Placeholders placeholders) {
        Map<String, String> headers = new LinkedHashMap<>();
        incoming.forEach((name, template) ->
                template.resolve(placeholders).text().ifPresent(value -> headers.put(name, value)));
        return Headers.of(headers);
    }

    private static String required(Headers headers, String name) {
        String value = headers.get(name);
        if (value == null || value.isBlank()) {
            throw failed(
                    "It has no '"
                            + name
                            + "'. Send the header, or give it in the option"
                            + " incomingMessageHeaders.");
        }
        return value;
    }

    private static @Nullable Integer status(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw failed("Its status '" + text + "' is no number.");
        }
    }

    private static JsonPointer path(Headers headers, String subject) {
        String box = isFromDevice(headers) ? "outbox" : "inbox";
        String featureId = headers.get(FEATURE_ID);
        JsonPointer message = JsonPointer.parse("/" + box + "/messages/" + subject);
        return featureId == null || featureId.isBlank()
                ? message
                : JsonPointer.of("features", featureId).append(message);
    }

    private static boolean isFromDevice(Headers headers) {
        return switch (headers.getOr(DIRECTION, "TO")) {
            case "TO" -> false;
            case "FROM" -> true;
            case String other ->
                    throw failed("Its direction '" + other + "' is neither TO nor FROM.");
        };
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        String given = signal.headers().get(HeaderDefinition.CONTENT_TYPE);
        String contentType = given == null ? outgoingType : given;
        MediaType type = MediaType.of(contentType);
        if (signal.topic().criterion() != Criterion.MESSAGES
                || type.bare().equals(MediaType.DITTO)) {
            return ditto.outbound(signal);
        }
        JsonNode value = signal.value();
        return List.of(
                new ExternalMessage(
                        headersOf(signal, contentType),
                        null,
                        ByteBuffer.wrap(type.payload(value))));
    }

    /** What is lost with the envelope. */
    private static Headers headersOf(Signal message, String contentType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HeaderDefinition.CONTENT_TYPE, contentType);
        headers.put(THING_ID, message.entityId());
        headers.put(SUBJECT, String.valueOf(message.topic().action()));
        List<String> path = message.path().segments();
        headers.put(DIRECTION, path.contains("outbox") ? "FROM" : "TO");
        if (path.size() > 1 && path.getFirst().equals("features")) {
            headers.put(FEATURE_ID, path.get(1));
        }
        if (message.status() != null) {
            headers.put(STATUS, String.valueOf(message.status()));
        }
        return Headers.of(headers);
    }

    private static ProblemException failed(String why) {
        return MappingProblems.failed("RawMessage", "incoming", why).asException();
    }
}
