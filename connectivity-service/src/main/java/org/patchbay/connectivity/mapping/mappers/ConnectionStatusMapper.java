package org.patchbay.connectivity.mapping.mappers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.MappingProblems;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.Placeholders;
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
    private final Template featureId;

    private ConnectionStatusMapper(Template thingId, Template featureId) {
        this.thingId = thingId;
        this.featureId = featureId;
    }

    public static PayloadMapper of(MapperOptions options) {
        options.required(
                "thingId", "Give a thing id, or a placeholder such as {{ header:device_id }}.");
        return new ConnectionStatusMapper(
                ThingIds.template(options, "thingId"), options.template("featureId", FEATURE));
    }

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        Long ttd = number(message.headers().get("ttd"), NO_END);
        Long created = number(message.headers().get("creation-time"), 0);
        if (ttd == null || created == null) {
            return List.of();
        }
        Placeholders placeholders = message.placeholders(Scope.MAPPING);
        Optional<String> thing = thingId.resolve(placeholders).text();
        Optional<String> feature = featureId.resolve(placeholders).text();
        return thing.isEmpty() || feature.isEmpty()
                ? List.of()
                : List.of(command(thing.get(), feature.get(), created, ttd));
    }

    private static Signal command(String thing, String featureId, long createdMillis, long ttd) {
        try {
            Instant since = Instant.ofEpochMilli(createdMillis);
            return ttd == 0
                    ? modify(
                            thing,
                            List.of("features", featureId, "properties", "status", "readyUntil"),
                            JsonNodeFactory.instance.textNode(since.toString()))
                    : modify(
                            thing,
                            List.of("features", featureId),
                            feature(since, ttd == NO_END ? FOREVER : since.plusSeconds(ttd)));
        } catch (DateTimeException | ArithmeticException e) {
            throw MappingProblems.failed(
                            FEATURE,
                            "incoming",
                            "creation-time " + createdMillis + " and ttd " + ttd + " are no time.")
                    .asException();
        }
    }

    private static Signal modify(String thing, List<String> path, JsonNode value) {
        return Signal.command(
                ThingIds.command(thing, "modify"),
                new JsonPointer(path),
                Headers.of(Map.of(HeaderDefinition.RESPONSE_REQUIRED, "false")),
                value);
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
