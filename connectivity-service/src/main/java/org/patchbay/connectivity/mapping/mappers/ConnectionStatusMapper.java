package org.patchbay.connectivity.mapping.mappers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.MappingProblems;
import org.patchbay.connectivity.mapping.Options;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.HeaderDefinition;
import org.patchbay.protocol.Headers;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Scope;
import org.patchbay.protocol.placeholder.Template;

/**
 * Keeps a feature that says since when and until when a device is ready to receive, from the
 * headers {@code creation-time} and {@code ttd} (seconds until disconnect) that an Eclipse Hono
 * gateway sends. A message without usable ones is no news: it is dropped.
 */
public final class ConnectionStatusMapper implements PayloadMapper {

    private static final String FEATURE = "ConnectionStatus";
    private static final String DEFINITION = "org.eclipse.ditto:ConnectionStatus:1.0.0";
    private static final Instant FOREVER = Instant.parse("9999-12-31T23:59:59Z");

    /** Ready until it says otherwise. */
    private static final long NO_END = -1;

    private final Template thingId;
    private final String featureId;

    private ConnectionStatusMapper(Template thingId, String featureId) {
        this.thingId = thingId;
        this.featureId = featureId;
    }

    public static PayloadMapper of(String id, ObjectNode options) {
        String thingId = Options.text(options, "thingId");
        if (thingId == null) {
            throw MappingProblems.optionsInvalid(
                            id,
                            "The option 'thingId' is missing.",
                            "Give a thing id, or a placeholder such as {{ header:device_id }}.")
                    .asException();
        }
        String featureId = Options.text(options, "featureId");
        return new ConnectionStatusMapper(
                ThingIds.template(id, thingId), featureId == null ? FEATURE : featureId);
    }

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        Long ttd = number(message.headers().get("ttd"), NO_END);
        Long created = number(message.headers().get("creation-time"), 0);
        if (ttd == null || created == null) {
            return List.of();
        }
        Optional<String> thing = thingId.resolve(message.placeholders(Scope.MAPPING)).text();
        return thing.map(it -> List.of(command(it, created, ttd))).orElse(List.of());
    }

    private Signal command(String thing, long createdMillis, long ttd) {
        try {
            Instant since = Instant.ofEpochMilli(createdMillis);
            return ttd == 0
                    ? modify(
                            thing,
                            List.of("properties", "status", "readyUntil"),
                            JsonNodeFactory.instance.textNode(since.toString()))
                    : modify(
                            thing,
                            List.of(),
                            feature(since, ttd == NO_END ? FOREVER : since.plusSeconds(ttd)));
        } catch (DateTimeException | ArithmeticException e) {
            throw MappingProblems.failed(
                            FEATURE,
                            "incoming",
                            "creation-time " + createdMillis + " and ttd " + ttd + " are no time.")
                    .asException();
        }
    }

    private Signal modify(String thing, List<String> below, JsonNode value) {
        return Signal.command(
                ThingIds.command(thing, "modify"),
                pointer(below),
                Headers.of(Map.of(HeaderDefinition.RESPONSE_REQUIRED, "false")),
                value);
    }

    private JsonPointer pointer(List<String> below) {
        List<String> segments = new ArrayList<>(List.of("features", featureId));
        segments.addAll(below);
        return new JsonPointer(segments);
    }

    private static ObjectNode feature(Instant since, Instant until) {
        ObjectNode feature = JsonNodeFactory.instance.objectNode();
        feature.putArray("definition").add(DEFINITION);
        feature.putObject("properties")
                .putObject("status")
                .put("readySince", since.toString())
                .put("readyUntil", until.toString());
        return feature;
    }

    private static @Nullable Long number(@Nullable String text, long least) {
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text.strip());
            return number < least ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        return List.of();
    }
}
