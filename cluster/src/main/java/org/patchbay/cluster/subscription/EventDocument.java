package org.patchbay.cluster.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.rql.Property;
import org.patchbay.protocol.rql.Rql;

/**
 * What a filter sees of a signal: the fields of the thing that the event changed and the extra
 * fields, and of any signal its topic and path. It never sees the stored thing.
 */
final class EventDocument implements Rql.Subject {

    private final Signal signal;
    private final SignalPlaceholders placeholders;
    private @Nullable JsonNode document;

    /**
     * @param signal with the extra fields of the subscriber
     */
    EventDocument(Signal signal) {
        this.signal = signal;
        this.placeholders = SignalPlaceholders.outbound(signal, Surroundings.NONE);
    }

    @Override
    public @Nullable JsonNode value(Property property) {
        return switch (property) {
            case Property.Placeholder(var family, var name) -> placeholder(family, name);
            case Property.Field(var pointer) when pointer.depth() == 1 ->
                    ofThing(pointer.segment(0), pointer);
            case Property.Field(var pointer) -> pointer.in(document());
        };
    }

    private @Nullable JsonNode ofThing(String field, JsonPointer pointer) {
        return switch (field) {
            case "thingId" -> text(signal.entityId());
            case "_namespace" -> text(signal.topic().namespace());
            case "_revision" ->
                    signal.revision() == null
                            ? null
                            : JsonNodeFactory.instance.numberNode(signal.revision());
            case "_modified" ->
                    signal.timestamp() == null ? null : text(signal.timestamp().toString());
            default -> pointer.in(document());
        };
    }

    private @Nullable JsonNode placeholder(String family, String name) {
        String known = name.equals("entityId") ? "entityName" : name;
        List<String> values = placeholders.values(family, known);
        return values == null || values.isEmpty() ? null : text(values.getFirst());
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }

    private JsonNode document() {
        if (document == null) {
            document = signal.topic().criterion() == Criterion.EVENTS ? changed() : nothing();
        }
        return document;
    }

    private JsonNode changed() {
        ObjectNode all = signal.extra() instanceof ObjectNode extra ? extra.deepCopy() : nothing();
        // What a thing is defined by is no part of what a filter sees of extra fields.
        all.remove("definition");
        JsonNode value = signal.value();
        if (value != null) {
            put(all, signal.path(), value);
        }
        return all;
    }

    private static void put(ObjectNode into, JsonPointer path, JsonNode value) {
        if (path.isRoot()) {
            if (value instanceof ObjectNode fields) {
                fields.properties().forEach(field -> merge(into, field.getKey(), field.getValue()));
            }
            return;
        }
        ObjectNode at = into;
        for (int i = 0; i < path.depth() - 1; i++) {
            String segment = path.segment(i);
            at = at.get(segment) instanceof ObjectNode child ? child : at.putObject(segment);
        }
        merge(at, path.segment(path.depth() - 1), value);
    }

    private static void merge(ObjectNode into, String name, JsonNode value) {
        if (into.get(name) instanceof ObjectNode known && value instanceof ObjectNode fields) {
            fields.properties().forEach(field -> merge(known, field.getKey(), field.getValue()));
        } else {
            into.set(name, value.isObject() ? value.deepCopy() : value);
        }
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
