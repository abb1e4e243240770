package org.patchbay.things.thing.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.document.JsonRules;
import org.patchbay.things.document.Paths;
import org.patchbay.things.document.RequestPlaceholders;

/**
 * A command as the rules see it.
 *
 * @param value what it brings, in the form that is stored; JSON null where it brings nothing
 * @param policy the policy as its sender may read it, where the command asks for it
 */
public record ThingCommand(
        Action action,
        String thingId,
        JsonPointer path,
        ThingShape shape,
        JsonNode value,
        SignalRequest request,
        @Nullable JsonNode policy) {

    /** A policy is shown as a field of its thing, but is no place in it. */
    private static final JsonPointer POLICY = JsonPointer.of("_policy");

    public enum Action {
        CREATE,
        MODIFY,
        MERGE,
        DELETE,
        RETRIEVE;

        static @Nullable Action ofWireName(@Nullable String name) {
            return switch (name) {
                case "create" -> CREATE;
                case "modify" -> MODIFY;
                case "merge" -> MERGE;
                case "delete" -> DELETE;
                case "retrieve" -> RETRIEVE;
                case null, default -> null;
            };
        }
    }

    /** Reads a command; a malformed one is a problem. */
    public static ThingCommand read(SignalRequest sent) {
        Signal signal = sent.signal();
        Action action = Action.ofWireName(signal.topic().action());
        if (action == null) {
            throw ThingProblems.unknownCommand(signal.topic().toString()).asException();
        }
        SignalRequest request = sent;
        if (Paths.hasTrailingSlash(signal.path())) {
            request = Paths.withoutTrailingSlash(sent);
        }
        JsonPointer path = request.signal().path();
        ThingShape shape = ThingShape.of(path);
        if (action == Action.RETRIEVE && path.equals(POLICY)) {
            throw ThingProblems.unknownCommand(signal.topic().toString()).asException();
        }
        if (shape == null) {
            throw ThingProblems.unknownPath(path).asException();
        }
        if (action == Action.CREATE && shape != ThingShape.THING) {
            // Parts of a thing are modified; that creates them, too.
            throw ThingProblems.unknownCommand(signal.topic().toString()).asException();
        }
        JsonRules.check(path);
        if (shape == ThingShape.FEATURE || shape.isInsideFeature()) {
            ValueKind.checkFeatureId(path.segment(1));
        }
        JsonNode value =
                RequestPlaceholders.of(sent, InstantSource.system())
                        .fillIn(valueOf(action, signal));
        return new ThingCommand(
                action,
                signal.entityId(),
                path,
                shape,
                normalized(action, shape, value, signal.entityId()),
                request,
                null);
    }

    private static JsonNode valueOf(Action action, Signal signal) {
        JsonNode value = signal.value();
        if (value != null) {
            return value;
        }
        return switch (action) {
            case CREATE, MODIFY, MERGE ->
                    throw Problems.jsonInvalid("the value is missing").asException();
            case DELETE, RETRIEVE -> NullNode.getInstance();
        };
    }

    public ThingCommand withValue(JsonNode newValue) {
        return new ThingCommand(action, thingId, path, shape, newValue, request, policy);
    }

    public ThingCommand withPolicy(JsonNode newPolicy) {
        return new ThingCommand(action, thingId, path, shape, value, request, newPolicy);
    }

    private static JsonNode normalized(
            Action action, ThingShape shape, JsonNode value, String thingId) {
        return switch (action) {
            case CREATE, MODIFY -> {
                JsonNode normalized = shape.kind().normalized(whole(shape, value));
                if (shape == ThingShape.THING) {
                    checkId(normalized, thingId);
                }
                yield normalized;
            }
            case MERGE -> {
                JsonRules.checkPatch(value);
                if (shape == ThingShape.THING) {
                    checkRootPatch(value, thingId);
                } else if (shape == ThingShape.POLICY_ID && value.isNull()) {
                    throw ThingProblems.policyIdNotDeletable(thingId).asException();
                }
                yield ThingPatch.known(shape, value);
            }
            case DELETE, RETRIEVE -> value;
        };
    }

    private static JsonNode whole(ThingShape shape, JsonNode value) {
        if (shape != ThingShape.THING || value.isObject()) {
            return value;
        }
        if (value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        throw Problems.jsonInvalid("a thing is an object").asException();
    }

    private static void checkRootPatch(JsonNode patch, String thingId) {
        if (patch.isNull() || (patch.isObject() && patch.isEmpty())) {
            throw ThingProblems.mergeInvalid("it is empty").asException();
        }
        if (!patch.isObject()) {
            throw Problems.jsonInvalid("a thing's patch is an object").asException();
        }
        if (patch.has("policyId") && patch.get("policyId").isNull()) {
            throw ThingProblems.policyIdNotDeletable(thingId).asException();
        }
        checkId(patch, thingId);
    }

    private static void checkId(JsonNode value, String thingId) {
        JsonNode id = value.get("thingId");
        if (id != null && !id.asText().equals(thingId)) {
            throw ThingProblems.idNotSettable(thingId).asException();
        }
    }
}
