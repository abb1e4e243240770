package org.patchbay.things.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.document.Paths;
import org.patchbay.things.document.RequestPlaceholders;

/**
 * A command as the rules see it.
 *
 * @param path where its permission stands
 * @param stored where its value stands in the document
 * @param value what it brings, in the form that is stored; JSON null where it brings nothing
 * @param resolved the policy with the entries that it imports, where the command asks for it
 */
record PolicyCommand(
        Action action,
        String policyId,
        JsonPointer path,
        JsonPointer stored,
        PolicyShape shape,
        JsonNode value,
        SignalRequest request,
        @Nullable JsonNode resolved) {

    enum Action {
        CREATE,
        MODIFY,
        DELETE,
        RETRIEVE;

        static @Nullable Action ofWireName(@Nullable String name) {
            return switch (name) {
                case "create" -> CREATE;
                case "modify" -> MODIFY;
                case "delete" -> DELETE;
                case "retrieve" -> RETRIEVE;
                case null, default -> null;
            };
        }
    }

    /** Reads a command; a malformed one is a problem. */
    static PolicyCommand read(SignalRequest sent, PolicyExpiry expiry) {
        Signal signal = sent.signal();
        Action action = Action.ofWireName(signal.topic().action());
        if (action == null) {
            throw PolicyProblems.unknownCommand(signal.topic().toString()).asException();
        }
        SignalRequest request =
                Paths.hasTrailingSlash(signal.path()) ? Paths.withoutTrailingSlash(sent) : sent;
        JsonPointer path = request.signal().path();
        PolicyShape shape = PolicyShape.of(path);
        if (shape == null || (action == Action.CREATE && shape != PolicyShape.POLICY)) {
            throw PolicyProblems.unknownPath(path).asException();
        }
        JsonNode value = signal.value() == null ? NullNode.getInstance() : signal.value();
        JsonPointer stored = shape.stored(path);
        boolean brings = action == Action.CREATE || action == Action.MODIFY;
        if (brings) {
            checkKeys(shape, stored);
            value = RequestPlaceholders.of(sent, InstantSource.system()).fillIn(value);
            value = normalized(shape, value, signal.entityId(), expiry);
        }
        return new PolicyCommand(
                action, signal.entityId(), path, stored, shape, value, request, null);
    }

    PolicyCommand withResolved(@Nullable JsonNode policy) {
        return new PolicyCommand(action, policyId, path, stored, shape, value, request, policy);
    }

    /** Whether the command asks to see imported entries too. */
    static boolean wantsResolved(SignalRequest request) {
        return "resolved".equals(request.signal().headers().get(HeaderDefinition.POLICY_VIEW));
    }

    private static JsonNode normalized(
            PolicyShape shape, JsonNode value, String policyId, PolicyExpiry expiry) {
        if (shape == PolicyShape.POLICY && value.isNull()) {
            throw EntityId.invalid("policies", "null").asException();
        }
        JsonNode normalized = shape.value().normalized(value, expiry);
        JsonNode id = shape == PolicyShape.POLICY ? normalized.get("policyId") : null;
        if (id != null && !id.asText().equals(policyId)) {
            throw PolicyProblems.idNotSettable(policyId).asException();
        }
        return normalized;
    }

    private static void checkKeys(PolicyShape shape, JsonPointer stored) {
        if (stored.depth() > 1 && stored.segment(0).equals("entries")) {
            PolicyValue.checkLabel(stored.segment(1));
        }
        switch (shape) {
            case SUBJECT -> PolicyValue.checkSubjectId(stored.segment(3));
            case RESOURCE -> PolicyValue.checkResourceKey(stored.segment(3));
            case IMPORT, IMPORT_ENTRIES -> PolicyValue.checkImportId(stored.segment(1));
            default -> {}
        }
    }
}
