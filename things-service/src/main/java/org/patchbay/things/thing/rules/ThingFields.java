package org.patchbay.things.thing.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.document.Document;

/** Which fields of a thing are shown, with the special ones that only a selector shows. */
public final class ThingFields {

    private static final String ANY = "*";
    private static final String POLICY = "_policy";
    private static final String FEATURES = "features";

    private ThingFields() {}

    /** What a retrieve command shows of the readable part of a thing. */
    static JsonNode select(Document.Active thing, ObjectNode readable, ThingCommand command) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("thingId", command.thingId());
        shown.setAll(readable);
        shown.put("thingId", command.thingId());
        FieldSelector fields = command.request().signal().fields();
        if (fields == null) {
            return shown;
        }
        addSpecial(shown, thing.revision(), thing);
        if (command.policy() != null) {
            shown.set(POLICY, command.policy());
        }
        return withWholePolicy(withFeatureWildcardsOnly(fields)).select(shown);
    }

    static JsonNode selectPart(JsonNode readable, ThingCommand command) {
        FieldSelector fields = command.request().signal().fields();
        return fields == null || !readable.isObject() ? readable : fields.select(readable);
    }

    /**
     * The extra fields of a thing as of an event; an empty object where it has none of them.
     *
     * @param document the thing after the event, or the last one where the event deleted it
     * @param policy of the thing, where it is wanted
     */
    public static JsonNode extra(
            FieldSelector fields,
            Document.Active document,
            long revision,
            @Nullable JsonNode policy) {
        ObjectNode whole = document.json();
        if (fields.text().indexOf('_') >= 0) {
            ObjectNode special = JsonNodeFactory.instance.objectNode();
            special.setAll(whole);
            addSpecial(special, revision, document);
            if (policy != null) {
                special.set(POLICY, policy);
            }
            whole = special;
        }
        return withWholePolicy(withFeatureWildcardsOnly(fields)).select(whole);
    }

    static void addSpecial(ObjectNode shown, long revision, Document.Active thing) {
        shown.put("_namespace", EntityId.namespaceOf(thing.json().path("thingId").asText()));
        shown.put("_revision", revision);
        shown.put("_modified", thing.modified().toString());
        shown.put("_created", thing.created().toString());
    }

    /** Whether a selector asks for the policy, which only the policy's entity knows. */
    public static boolean wantsPolicy(@Nullable FieldSelector fields) {
        return fields != null
                && fields.text().contains(POLICY)
                && fields.pointers().stream().anyMatch(ThingFields::isPolicy);
    }

    /** A policy is shown as a whole or not at all. */
    private static FieldSelector withWholePolicy(FieldSelector fields) {
        if (!wantsPolicy(fields)) {
            return fields;
        }
        return new FieldSelector(
                fields.text(),
                fields.pointers().stream().map(p -> isPolicy(p) ? p.first(1) : p).toList());
    }

    private static boolean isPolicy(JsonPointer pointer) {
        return pointer.depth() > 0 && pointer.segment(0).equals(POLICY);
    }

    /** An asterisk stands for the ids of features and for nothing else. */
    private static FieldSelector withFeatureWildcardsOnly(FieldSelector fields) {
        if (fields.text().indexOf('*') < 0) {
            return fields;
        }
        List<JsonPointer> pointers =
                fields.pointers().stream().filter(ThingFields::hasNoOtherWildcard).toList();
        return new FieldSelector(fields.text(), pointers);
    }

    private static boolean hasNoOtherWildcard(JsonPointer pointer) {
        for (int i = 0; i < pointer.depth(); i++) {
            boolean isFeatureId = i == 1 && pointer.segment(0).equals(FEATURES);
            if (pointer.segment(i).equals(ANY) && !isFeatureId) {
                return false;
            }
        }
        return true;
    }
}
