package org.patchbay.things.thing.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.protocol.rql.Rql;
import org.patchbay.protocol.rql.RqlFields;
import org.patchbay.things.document.Document;
import org.patchbay.things.document.Trees;

/** The {@code condition} of a command: RQL over what its sender may read of the thing. */
final class ThingConditions {

    private ThingConditions() {}

    /**
     * The patch of a merge without the fields whose own condition does not hold; the header has
     * them as {@code {"attributes/k": "gt(attributes/k,10)"}}.
     */
    static JsonNode filtered(ThingCommand command, Document.Active thing, PolicyView view) {
        JsonNode patch = command.value();
        String header =
                command.request().signal().headers().get(HeaderDefinition.MERGE_PATCH_CONDITIONS);
        if (header == null) {
            return patch;
        }
        for (Map.Entry<String, JsonNode> each : Json.parse(header).properties()) {
            JsonPointer at = JsonPointer.parse(each.getKey());
            JsonPointer inPatch = command.path().holds(at) ? at.from(command.path().depth()) : at;
            Problem unmet = check(each.getValue().asText(), thing, view, command.request().by());
            if (unmet != null && unmet.status() == 400) {
                throw unmet.asException();
            }
            if (unmet != null) {
                patch = Trees.remove(patch, inPatch);
            }
        }
        return patch;
    }

    /** What forbids to go on, or null where the condition holds. */
    static @Nullable Problem check(
            String condition, Document.Active thing, PolicyView view, AuthorizationContext by) {
        Rql rql;
        try {
            rql = Rql.parse(condition, RqlFields.THING);
        } catch (ProblemException e) {
            return ThingProblems.conditionInvalid(e.problem());
        }
        @Nullable JsonNode readable =
                view.readable(by, ThingRules.RESOURCE, JsonPointer.ROOT, thing.json());
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (readable instanceof ObjectNode fields) {
            document.setAll(fields);
        }
        ThingFields.addSpecial(document, thing.revision(), thing);
        return rql.matches(document) ? null : ThingProblems.conditionFailed(condition);
    }
}
