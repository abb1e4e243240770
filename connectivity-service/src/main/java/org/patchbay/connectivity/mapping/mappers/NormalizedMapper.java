package org.patchbay.connectivity.mapping.mappers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.mapper.InvalidOption;
import org.patchbay.mapper.MapperOptions;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ChangedThing;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.json.MergePatch;

/**
 * Shows every event of a twin as the part of the thing that changed, whatever its path: {@code
 * {thingId, attributes?, features?, …, _modified, _revision, _deleted?, _deletedFields?,
 * _context}}. Maps nothing else and nothing that comes in.
 *
 * @param fields what is wanted of it, everything where null
 * @param deletedFields whether the deletion of a part is shown, as the time it was deleted at
 */
public record NormalizedMapper(@Nullable FieldSelector fields, boolean deletedFields)
        implements PayloadMapper {

    private static final Headers HEADERS =
            Headers.of(Map.of(HeaderDefinition.CONTENT_TYPE, "application/json"));

    public static NormalizedMapper of(MapperOptions options) {
        String fields = options.text("fields");
        try {
            return new NormalizedMapper(
                    fields == null ? null : FieldSelector.parse(fields),
                    options.isTrue("includeDeletedFields"));
        } catch (ProblemException e) {
            String hint = e.problem().description();
            throw new InvalidOption(
                    "fields",
                    e.problem().message(),
                    hint == null ? "Give names of fields, separated by commas." : hint);
        }
    }

    @Override
    public List<Signal> inbound(ExternalMessage message) {
        return List.of();
    }

    @Override
    public List<ExternalMessage> outbound(Signal signal) {
        boolean isTwinEvent =
                ChangedThing.isEvent(signal) && signal.topic().channel() == Channel.TWIN;
        if (!isTwinEvent || (isDeletion(signal) && !signal.path().isRoot() && !deletedFields)) {
            return List.of();
        }
        JsonNode thing = normalize(signal);
        JsonNode wanted = fields == null ? thing : fields.select(thing);
        return List.of(ExternalMessage.ofText(HEADERS, Json.write(wanted)));
    }

    private JsonNode normalize(Signal event) {
        boolean isThingDeletion = isDeletion(event) && event.path().isRoot();
        String time = event.timestamp() == null ? null : event.timestamp().toString();
        ObjectNode thing = isThingDeletion ? idOf(event) : ChangedThing.of(event);
        if (time != null) {
            thing.put("_modified", time);
        }
        if (event.revision() != null) {
            thing.put("_revision", event.revision());
        }
        if (isThingDeletion && time != null) {
            thing.put("_deleted", time);
        }
        JsonNode deleted = deletedFields && time != null ? deletedFields(event, time) : null;
        if (deleted != null) {
            thing.set("_deletedFields", deleted);
        }
        thing.set("_context", context(event));
        return thing;
    }

    private static ObjectNode context(Signal event) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("topic", event.topic().toString());
        context.put("path", event.path().toString());
        JsonNode value = event.value();
        context.set(
                "value", value != null && isMerge(event) ? MergePatch.withoutNulls(value) : value);
        ObjectNode headers = context.putObject("headers");
        event.headers().forEach(headers::put);
        return context;
    }

    /** What the event deleted, with the time in its place; null where it deleted nothing. */
    private static @Nullable JsonNode deletedFields(Signal event, String time) {
        JsonNode deleted = null;
        if (isDeletion(event) && !event.path().isRoot()) {
            deleted = JsonNodeFactory.instance.textNode(time);
        } else if (isMerge(event) && event.value() != null) {
            deleted = deletedBy(event.value(), time);
        }
        return deleted == null ? null : at(event.path(), deleted);
    }

    private static @Nullable JsonNode deletedBy(JsonNode patch, String time) {
        if (patch.isNull()) {
            return JsonNodeFactory.instance.textNode(time);
        }
        if (!patch.isObject()) {
            return null;
        }
        ObjectNode deleted = JsonNodeFactory.instance.objectNode();
        patch.properties()
                .forEach(field -> {
                    JsonNode below = deletedBy(field.getValue(), time);
                    if (below != null) {
                        deleted.set(field.getKey(), below);
                    }
                });
        return deleted.isEmpty() ? null : deleted;
    }

    private static JsonNode at(JsonPointer path, JsonNode value) {
        JsonNode at = value;
        for (String segment : path.segments().reversed()) {
            at = JsonNodeFactory.instance.objectNode().set(segment, at);
        }
        return at;
    }

    private static ObjectNode idOf(Signal event) {
        return JsonNodeFactory.instance.objectNode().put("thingId", event.entityId());
    }

    private static boolean isDeletion(Signal event) {
        return "deleted".equals(event.topic().action());
    }

    private static boolean isMerge(Signal event) {
        return "merged".equals(event.topic().action());
    }
}
