package org.patchbay.things;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.patchbay.cluster.wire.WireContext;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.document.Change;
import org.patchbay.things.document.Document;
import org.patchbay.things.enforcement.PolicyCache;
import org.patchbay.things.enforcement.PolicyLookup;

/** What things and policies store, and what their nodes tell each other. */
public final class ThingsVocabulary implements WireVocabulary {

    private static final String DELETED = "document.deleted";

    /** The names of states in which a thing or a policy is no more. */
    public static final Set<String> ENDINGS = Set.of(DELETED);

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>(
                        "document.change",
                        Change.class,
                        (change, _) -> writeChange(change),
                        (json, _) -> readChange(json)),
                new WireType<>(
                        "document.absent",
                        Document.Absent.class,
                        (_, _) -> object(),
                        (_, _) -> Document.ABSENT),
                new WireType<>(
                        "document.active",
                        Document.Active.class,
                        (active, _) -> writeActive(active),
                        (json, _) -> readActive(json)),
                new WireType<>(
                        DELETED,
                        Document.Deleted.class,
                        (deleted, _) -> writeDeleted(deleted),
                        (json, _) -> readDeleted(json)),
                new WireType<>(
                        "policy.lookup",
                        PolicyLookup.class,
                        (lookup, context) ->
                                object().put("holder", context.writeRef(lookup.holder())),
                        (json, context) -> new PolicyLookup(context.readRef(text(json, "holder")))),
                new WireType<>(
                        "policy.found",
                        PolicyLookup.Found.class,
                        (found, _) -> writeFound(found),
                        (json, _) ->
                                new PolicyLookup.Found(
                                        json.get("policy"), number(json, "revision"))),
                new WireType<>(
                        "policies-cache.changed",
                        PolicyCache.Changed.class,
                        ThingsVocabulary::writeChanged,
                        ThingsVocabulary::readChanged),
                new WireType<>(
                        "policies-cache.forgotten",
                        PolicyCache.Forgotten.class,
                        (forgotten, _) ->
                                object().put("policyId", forgotten.policyId())
                                        .put("revision", forgotten.revision()),
                        (json, _) ->
                                new PolicyCache.Forgotten(
                                        text(json, "policyId"), number(json, "revision"))));
    }

    private static JsonNode writeChange(Change change) {
        ObjectNode json = object();
        json.put("action", change.action().wireName());
        json.put("path", change.path().toString());
        if (change.value() != null) {
            json.set("value", change.value());
        }
        json.put("revision", change.revision());
        json.put("timestamp", change.timestamp().toString());
        ObjectNode headers = json.putObject("headers");
        change.headers().forEach(headers::put);
        return json;
    }

    private static Change readChange(JsonNode json) {
        Map<String, String> headers = new LinkedHashMap<>();
        json.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
        return new Change(
                Change.Action.valueOf(text(json, "action").toUpperCase(Locale.ROOT)),
                JsonPointer.parse(text(json, "path")),
                json.get("value"),
                number(json, "revision"),
                time(json, "timestamp"),
                Headers.of(headers));
    }

    private static JsonNode writeActive(Document.Active active) {
        ObjectNode json = object();
        json.set("json", active.json());
        json.put("revision", active.revision());
        json.put("created", active.created().toString());
        json.put("modified", active.modified().toString());
        return json;
    }

    private static Document.Active readActive(JsonNode json) {
        return new Document.Active(
                (ObjectNode) json.required("json"),
                number(json, "revision"),
                time(json, "created"),
                time(json, "modified"));
    }

    private static JsonNode writeDeleted(Document.Deleted deleted) {
        return object().put("revision", deleted.revision())
                .put("modified", deleted.modified().toString());
    }

    private static Document.Deleted readDeleted(JsonNode json) {
        return new Document.Deleted(number(json, "revision"), time(json, "modified"));
    }

    private static JsonNode writeFound(PolicyLookup.Found found) {
        ObjectNode json = object();
        if (found.policy() != null) {
            json.set("policy", found.policy());
        }
        return json.put("revision", found.revision());
    }

    private static JsonNode writeChanged(PolicyCache.Changed changed, WireContext context) {
        return object().put("policyId", changed.policyId())
                .put("revision", changed.revision())
                .put("replyTo", context.writeRef(changed.replyTo()));
    }

    private static PolicyCache.Changed readChanged(JsonNode json, WireContext context) {
        return new PolicyCache.Changed(
                text(json, "policyId"),
                number(json, "revision"),
                context.readRef(text(json, "replyTo")));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).textValue();
    }

    private static long number(JsonNode json, String field) {
        return json.required(field).longValue();
    }

    private static Instant time(JsonNode json, String field) {
        return Instant.parse(text(json, field));
    }
}
