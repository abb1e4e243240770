package org.patchbay.things.thing.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.json.JsonSize;
import org.patchbay.protocol.json.MergePatch;
import org.patchbay.protocol.policy.Permission;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.things.document.Change;
import org.patchbay.things.document.Decision;
import org.patchbay.things.document.Document;
import org.patchbay.things.document.EntityTag;
import org.patchbay.things.document.Preconditions;
import org.patchbay.things.document.SignalHeaders;

/**
 * What a command does to a thing: state x action, pure.
 *
 * @param sizeMax most bytes of a thing's JSON text, roughly
 * @param keptHeaders which of a command's headers are stored with its event
 */
public record ThingRules(long sizeMax, Set<String> keptHeaders) {

    static final String RESOURCE = "thing";
    private static final String PREFIX = "things";

    /**
     * @param view the policy of the thing as it is; of the new thing, where one is created
     */
    public Decision decide(Document state, ThingCommand command, PolicyView view, Instant now) {
        return switch (state) {
            case Document.Active thing ->
                    switch (command.action()) {
                        case CREATE -> Decision.reject(ThingProblems.conflict(command.thingId()));
                        case MODIFY -> modify(thing, command, view, now);
                        case MERGE -> merge(thing, command, view, now);
                        case DELETE -> delete(thing, command, view, now);
                        case RETRIEVE -> retrieve(thing, command, view);
                    };
            case Document.Absent _, Document.Deleted _ ->
                    creates(command)
                            ? create(state, command, view, now)
                            : Decision.reject(
                                    ThingShape.THING.notFound(command.thingId(), JsonPointer.ROOT));
        };
    }

    /** Whether the command makes a thing where there is none. */
    public static boolean creates(ThingCommand command) {
        return switch (command.action()) {
            case CREATE -> true;
            case MODIFY, MERGE -> command.shape() == ThingShape.THING;
            case DELETE, RETRIEVE -> false;
        };
    }

    private Decision create(Document state, ThingCommand command, PolicyView view, Instant now) {
        if (!view.allows(by(command), RESOURCE, JsonPointer.ROOT, Permission.WRITE)) {
            return Decision.reject(ThingProblems.notCreatable(command.thingId()));
        }
        Problem unmet = Preconditions.check(PREFIX, headers(command), null, false);
        if (unmet != null) {
            return Decision.reject(unmet);
        }
        JsonNode value =
                command.action() == ThingCommand.Action.MERGE
                        ? ValueKind.THING.normalized(MergePatch.withoutNulls(command.value()))
                        : command.value();
        ObjectNode thing = wholeThing(command.thingId(), null, value);
        if (JsonSize.of(thing) > sizeMax) {
            return Decision.reject(ThingProblems.tooLarge(sizeMax));
        }
        Change change = change(state, command, Change.Action.CREATED, thing, now);
        return persist(command, change, 201, EntityTag.ofRevision(change.revision()), thing);
    }

    private Decision modify(
            Document.Active thing, ThingCommand command, PolicyView view, Instant now) {
        if (!view.allows(by(command), RESOURCE, command.path(), Permission.WRITE)) {
            return Decision.reject(
                    command.shape().notModifiable(command.thingId(), command.path()));
        }
        @Nullable JsonNode before = command.path().in(thing.json());
        Decision refusal = refusal(thing, command, view, before);
        if (refusal != null) {
            return refusal;
        }
        boolean isWhole = command.shape() == ThingShape.THING;
        JsonNode value =
                isWhole
                        ? wholeThing(command.thingId(), thing.json(), command.value())
                        : command.value();
        Problem equal = Preconditions.checkEqual(PREFIX, headers(command), before, value);
        if (equal != null) {
            return Decision.reject(equal);
        }
        if (outgrows(thing.json(), before, value)) {
            return Decision.reject(ThingProblems.tooLarge(sizeMax));
        }
        Change.Action action = before == null ? Change.Action.CREATED : Change.Action.MODIFIED;
        Change change = change(thing, command, action, value, now);
        String tag = isWhole ? EntityTag.ofRevision(change.revision()) : EntityTag.ofPart(value);
        return before == null
                ? persist(command, change, 201, tag, value)
                : persist(command, change, 204, tag, answerTo(command.shape()));
    }

    /**
     * Where a feature or all attributes are modified the answer has a value that says nothing, as
     * Ditto has it.
     */
    private static @Nullable JsonNode answerTo(ThingShape modified) {
        return modified == ThingShape.FEATURE || modified == ThingShape.ATTRIBUTES
                ? NullNode.getInstance()
                : null;
    }

    private Decision merge(
            Document.Active thing, ThingCommand command, PolicyView view, Instant now) {
        @Nullable JsonNode before = command.path().in(thing.json());
        JsonNode patch =
                ThingPatch.spelledOut(ThingConditions.filtered(command, thing, view), before);
        if (!view.allowsPatch(by(command), RESOURCE, command.path(), patch, Permission.WRITE)) {
            return Decision.reject(
                    command.shape().notModifiable(command.thingId(), command.path()));
        }
        Decision refusal = refusalOfTerms(thing, command, view, before);
        if (refusal != null) {
            return refusal;
        }
        boolean deletes = patch.isNull();
        @Nullable JsonNode after = deletes ? null : MergePatch.apply(before, patch);
        if (after != null) {
            command.shape().kind().normalized(after);
            Problem equal = Preconditions.checkEqual(PREFIX, headers(command), before, after);
            if (equal != null) {
                return Decision.reject(equal);
            }
            if (outgrows(thing.json(), before, after)) {
                return Decision.reject(ThingProblems.tooLarge(sizeMax));
            }
        }
        Change change = change(thing, command, Change.Action.MERGED, patch, now);
        @Nullable String tag =
                switch (command.shape()) {
                    case THING, POLICY_ID, DEFINITION -> EntityTag.ofRevision(change.revision());
                    default -> after == null ? null : EntityTag.ofPart(after);
                };
        return persist(command, change, 204, tag, null);
    }

    private Decision delete(
            Document.Active thing, ThingCommand command, PolicyView view, Instant now) {
        if (!view.allows(by(command), RESOURCE, command.path(), Permission.WRITE)) {
            boolean isPolicyLost = view == PolicyView.NOTHING;
            return Decision.reject(
                    isPolicyLost
                            ? command.shape().notModifiable(command.thingId(), command.path())
                            : command.shape().notDeletable(command.thingId(), command.path()));
        }
        if (command.shape() == ThingShape.POLICY_ID) {
            return Decision.reject(ThingProblems.policyIdNotDeletable(command.thingId()));
        }
        @Nullable JsonNode before = command.path().in(thing.json());
        Decision refusal = refusal(thing, command, view, before);
        if (refusal != null) {
            return refusal;
        }
        if (before == null) {
            return Decision.reject(command.shape().notFound(command.thingId(), command.path()));
        }
        Change change = change(thing, command, Change.Action.DELETED, null, now);
        return persist(command, change, 204, null, null);
    }

    private Decision retrieve(Document.Active thing, ThingCommand command, PolicyView view) {
        @Nullable JsonNode whole = command.path().in(thing.json());
        @Nullable JsonNode readable =
                whole == null ? null : view.readable(by(command), RESOURCE, command.path(), whole);
        boolean maySee = view.allowsSome(by(command), RESOURCE, command.path(), Permission.READ);
        if (whole != null && readable == null && maySee && whole.isObject()) {
            readable = JsonNodeFactory.instance.objectNode();
        }
        if (whole == null || readable == null) {
            return Decision.reject(
                    isFeatureMissing(thing, command) && maySee
                            ? featureNotFound(command)
                            : command.shape().notFound(command.thingId(), command.path()));
        }
        Decision refusal = refusalOfTerms(thing, command, view, whole);
        if (refusal != null) {
            return refusal;
        }
        JsonNode shown =
                command.shape() == ThingShape.THING
                        ? ThingFields.select(thing, (ObjectNode) readable, command)
                        : ThingFields.selectPart(readable, command);
        return new Decision.Answer(
                command.request()
                        .signal()
                        .respond(
                                200,
                                SignalHeaders.ofResponse(
                                        command.request(),
                                        thing.revision(),
                                        tagOf(thing, command, whole)),
                                shown));
    }

    /**
     * What forbids a change or a deletion, or null: the feature is missing, or a term is not met.
     */
    private static @Nullable Decision refusal(
            Document.Active thing,
            ThingCommand command,
            PolicyView view,
            @Nullable JsonNode before) {
        if (isFeatureMissing(thing, command)) {
            return Decision.reject(featureNotFound(command));
        }
        return refusalOfTerms(thing, command, view, before);
    }

    /** What of the terms that the command sets itself does not hold, or null. */
    private static @Nullable Decision refusalOfTerms(
            Document.Active thing,
            ThingCommand command,
            PolicyView view,
            @Nullable JsonNode value) {
        String condition = headers(command).get(HeaderDefinition.CONDITION);
        if (condition != null) {
            Problem unmet = ThingConditions.check(condition, thing, view, by(command));
            if (unmet != null) {
                return Decision.reject(unmet);
            }
        }
        @Nullable String tag = value == null ? null : tagOf(thing, command, value);
        Problem unmet =
                Preconditions.check(
                        PREFIX,
                        headers(command),
                        tag,
                        command.action() == ThingCommand.Action.RETRIEVE);
        return unmet == null ? null : new Decision.Reject(unmet, tag);
    }

    private static boolean isFeatureMissing(Document.Active thing, ThingCommand command) {
        if (!command.shape().isInsideFeature()) {
            return false;
        }
        JsonNode feature = command.path().first(2).in(thing.json());
        return feature == null;
    }

    private static Problem featureNotFound(ThingCommand command) {
        return ThingShape.FEATURE.notFound(command.thingId(), command.path().first(2));
    }

    private static String tagOf(Document.Active thing, ThingCommand command, JsonNode value) {
        return command.shape() == ThingShape.THING
                ? EntityTag.ofRevision(thing.revision())
                : EntityTag.ofPart(value);
    }

    /** A whole thing in the order of its fields; the policy stays where the command names none. */
    private static ObjectNode wholeThing(
            String thingId, @Nullable ObjectNode before, JsonNode value) {
        ObjectNode thing = JsonNodeFactory.instance.objectNode();
        thing.put("thingId", thingId);
        JsonNode policyId = value.get("policyId");
        if (policyId == null && before != null) {
            policyId = before.get("policyId");
        }
        if (policyId != null) {
            thing.set("policyId", policyId);
        }
        for (String field : new String[] {"definition", "attributes", "features"}) {
            JsonNode part = value.get(field);
            if (part != null) {
                thing.set(field, part);
            }
        }
        return thing;
    }

    /**
     * Only a value that grows can be too much, so a sensor's next reading is not measured against
     * the whole.
     */
    private boolean outgrows(ObjectNode thing, @Nullable JsonNode before, JsonNode after) {
        long growth = (long) JsonSize.of(after) - JsonSize.of(before);
        return growth > 0 && JsonSize.of(thing) + growth > sizeMax;
    }

    private Change change(
            Document state,
            ThingCommand command,
            Change.Action action,
            @Nullable JsonNode value,
            Instant now) {
        return new Change(
                action,
                command.path(),
                value,
                state.revision() + 1,
                now,
                SignalHeaders.kept(headers(command), by(command), keptHeaders));
    }

    private static Decision persist(
            ThingCommand command,
            Change change,
            int status,
            @Nullable String tag,
            @Nullable JsonNode value) {
        Headers headers = SignalHeaders.ofResponse(command.request(), change.revision(), tag);
        return new Decision.Persist(
                change, command.request().signal().respond(status, headers, value));
    }

    private static AuthorizationContext by(ThingCommand command) {
        return command.request().by();
    }

    private static Headers headers(ThingCommand command) {
        return command.request().signal().headers();
    }
}
