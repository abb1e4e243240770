package org.patchbay.things.thing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.protocol.rql.Rql;
import org.patchbay.protocol.rql.RqlFields;
import org.patchbay.things.document.Document;

/** The {@code condition} of a command: RQL over what its sender may read of the thing. */
final class ThingConditions {

    private ThingConditions() {}

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
