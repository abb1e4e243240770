package org.patchbay.things.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.protocol.json.JsonSize;
import org.patchbay.protocol.policy.Permission;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.things.document.Change;
import org.patchbay.things.document.Decision;
import org.patchbay.things.document.Document;
import org.patchbay.things.document.EntityTag;
import org.patchbay.things.document.Preconditions;
import org.patchbay.things.document.SignalHeaders;
import org.patchbay.things.document.Trees;

/** What a command does to a policy: state x action, pure. */
record PolicyRules(PolicyConfig config) {

    static final String RESOURCE = "policy";
    private static final String PREFIX = "policies";

    /**
     * @param view the policy itself with what it imports; {@link PolicyView#NOTHING} where there is
     *     none
     */
    Decision decide(Document state, PolicyCommand command, PolicyView view, Instant now) {
        return switch (state) {
            case Document.Active policy ->
                    switch (command.action()) {
                        case CREATE -> Decision.reject(PolicyProblems.conflict(command.policyId()));
                        case MODIFY -> modify(policy, command, view, now);
                        case DELETE -> delete(policy, command, view, now);
                        case RETRIEVE -> retrieve(policy, command, view);
                    };
            case Document.Absent _, Document.Deleted _ when !EntityId.isValid(command.policyId()) ->
                    Decision.reject(EntityId.invalid(PREFIX, command.policyId()));
            case Document.Absent _, Document.Deleted _ ->
                    switch (command.action()) {
                        case CREATE -> create(state, command, now);
                        case MODIFY ->
                                command.shape() == PolicyShape.POLICY
                                        ? create(state, command, now)
                                        : missing(command);
                        case DELETE, RETRIEVE -> missing(command);
                    };
        };
    }

    static Decision missing(PolicyCommand command) {
        return Decision.reject(PolicyShape.POLICY.notFound(command.policyId(), JsonPointer.ROOT));
    }

    /** The policies that a command wants to import, which its sender must be able to read. */
    Set<String> importsOf(PolicyCommand command) {
        Set<String> ids = new LinkedHashSet<>();
        switch (command.shape()) {
            case POLICY -> command.value().path("imports").fieldNames().forEachRemaining(ids::add);
            case IMPORTS -> command.value().fieldNames().forEachRemaining(ids::add);
            case IMPORT -> ids.add(command.path().segment(1));
            default -> {}
        }
        boolean brings =
                command.action() == PolicyCommand.Action.MODIFY
                        || command.action() == PolicyCommand.Action.CREATE;
        if (!brings) {
            return Set.of();
        }
        if (ids.contains(command.policyId())) {
            throw PolicyProblems.importInvalid("a policy can't import itself").asException();
        }
        if (ids.size() > config.importsMax()) {
            throw PolicyProblems.importInvalid("at most " + config.importsMax() + " are allowed")
                    .asException();
        }
        return ids;
    }

    private Decision create(Document state, PolicyCommand command, Instant now) {
        Problem unmet = Preconditions.check(PREFIX, headers(command), null, false);
        if (unmet != null) {
            return Decision.reject(unmet);
        }
        ObjectNode policy = wholePolicy(command.policyId(), command.value());
        if (locksOut(policy)) {
            return Decision.reject(PolicyProblems.notCreatable(command.policyId()));
        }
        if (JsonSize.of(policy) > config.sizeMax()) {
            return Decision.reject(PolicyProblems.tooLarge(config.sizeMax()));
        }
        Change change = change(state, command, Change.Action.CREATED, policy, now);
        return persist(command, change, 201, EntityTag.ofRevision(change.revision()), policy);
    }

    private Decision modify(
            Document.Active policy, PolicyCommand command, PolicyView view, Instant now) {
        Decision refusal = refusal(policy, command, view);
        if (refusal != null) {
            return refusal;
        }
        boolean isWhole = command.shape() == PolicyShape.POLICY;
        JsonNode value =
                isWhole ? wholePolicy(command.policyId(), command.value()) : command.value();
        @Nullable JsonNode before = command.stored().in(policy.json());
        Problem equal = Preconditions.checkEqual(PREFIX, headers(command), before, value);
        if (equal != null) {
            return Decision.reject(equal);
        }
        boolean creates = before == null && !command.shape().isSetting();
        Change change =
                change(
                        policy,
                        command,
                        creates ? Change.Action.CREATED : Change.Action.MODIFIED,
                        value,
                        now);
        JsonNode after = Trees.set(policy.json(), command.stored(), value);
        Problem broken = brokenBy(command, after);
        if (broken != null) {
            return Decision.reject(broken);
        }
        return creates
                ? persist(command, change, 201, tagOf(command, value, change.revision()), value)
                : persist(command, change, 204, tagOf(command, value, change.revision()), null);
    }

    private Decision delete(
            Document.Active policy, PolicyCommand command, PolicyView view, Instant now) {
        Decision refusal = refusal(policy, command, view);
        if (refusal != null) {
            return refusal;
        }
        if (!command.shape().isDeletable()) {
            return Decision.reject(PolicyProblems.notDeletable(command.path()));
        }
        if (command.stored().in(policy.json()) == null) {
            return Decision.reject(command.shape().notFound(command.policyId(), command.path()));
        }
        if (command.shape() != PolicyShape.POLICY) {
            Problem broken = brokenBy(command, Trees.remove(policy.json(), command.stored()));
            if (broken != null) {
                return Decision.reject(broken);
            }
        }
        Change change = change(policy, command, Change.Action.DELETED, null, now);
        return persist(command, change, 204, null, null);
    }

    private @Nullable Problem brokenBy(PolicyCommand command, JsonNode after) {
        if (locksOut(after)) {
            return PolicyProblems.modificationInvalid(command.shape(), command.policyId());
        }
        return JsonSize.of(after) > config.sizeMax()
                ? PolicyProblems.tooLarge(config.sizeMax())
                : null;
    }

    private Decision retrieve(Document.Active policy, PolicyCommand command, PolicyView view) {
        JsonNode document = command.resolved() == null ? policy.json() : command.resolved();
        @Nullable JsonNode whole = command.stored().in(document);
        @Nullable JsonNode readable =
                whole == null ? null : view.readable(by(command), RESOURCE, command.path(), whole);
        if (whole == null || readable == null) {
            return Decision.reject(notFound(policy, command, view));
        }
        String tag = tagOf(command, whole, policy.revision());
        Problem unmet = Preconditions.check(PREFIX, headers(command), tag, true);
        if (unmet != null) {
            return new Decision.Reject(unmet, tag);
        }
        JsonNode shown =
                command.shape() == PolicyShape.POLICY
                        ? shown(policy, (ObjectNode) readable, command)
                        : selected(readable, command);
        Headers headers = SignalHeaders.ofResponse(command.request(), policy.revision(), tag);
        return new Decision.Answer(command.request().signal().respond(200, headers, shown));
    }

    private static Problem notFound(
            Document.Active policy, PolicyCommand command, PolicyView view) {
        PolicyShape container = command.shape().container();
        boolean containerIsMissing =
                container != null && command.path().first(2).in(policy.json()) == null;
        boolean maySee = view.allowsSome(by(command), RESOURCE, command.path(), Permission.READ);
        return containerIsMissing && maySee && container != null
                ? container.notFound(command.policyId(), command.path().first(2))
                : command.shape().notFound(command.policyId(), command.path());
    }

    /** What forbids a change, or null: no permission, nothing to hold it, a precondition. */
    private static @Nullable Decision refusal(
            Document.Active policy, PolicyCommand command, PolicyView view) {
        if (!view.allows(by(command), RESOURCE, command.path(), Permission.WRITE)) {
            return Decision.reject(
                    command.shape().notModifiable(command.policyId(), command.path()));
        }
        PolicyShape container = command.shape().container();
        if (container != null && command.path().first(2).in(policy.json()) == null) {
            return Decision.reject(container.notFound(command.policyId(), command.path().first(2)));
        }
        @Nullable JsonNode value = command.stored().in(policy.json());
        @Nullable String tag = value == null ? null : tagOf(command, value, policy.revision());
        Problem unmet = Preconditions.check(PREFIX, headers(command), tag, false);
        return unmet == null ? null : new Decision.Reject(unmet, tag);
    }

    /** Whether nobody who stays could change such a policy. */
    private boolean locksOut(JsonNode policy) {
        if (!config.preventsLockout()) {
            return false;
        }
        PolicyView view = PolicyView.of(policy);
        for (JsonNode entry : policy.path("entries")) {
            for (Map.Entry<String, JsonNode> subject : entry.path("subjects").properties()) {
                if (!subject.getValue().has("expiry")
                        && view.allows(
                                AuthorizationContext.of(subject.getKey()),
                                RESOURCE,
                                JsonPointer.ROOT,
                                Permission.WRITE)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static ObjectNode wholePolicy(String policyId, JsonNode value) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        policy.put("policyId", policyId);
        policy.set("imports", value.path("imports"));
        policy.set("entries", value.path("entries"));
        return policy;
    }

    private static JsonNode shown(
            Document.Active policy, ObjectNode readable, PolicyCommand command) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("policyId", command.policyId());
        shown.setAll(readable);
        FieldSelector fields = command.request().signal().fields();
        if (fields == null) {
            return shown;
        }
        shown.put("_namespace", EntityId.namespaceOf(command.policyId()));
        shown.put("_revision", policy.revision());
        shown.put("_modified", policy.modified().toString());
        shown.put("_created", policy.created().toString());
        return fields.select(shown);
    }

    private static JsonNode selected(JsonNode readable, PolicyCommand command) {
        FieldSelector fields = command.request().signal().fields();
        return fields == null || !readable.isObject() ? readable : fields.select(readable);
    }

    private static @Nullable String tagOf(PolicyCommand command, JsonNode value, long revision) {
        if (command.shape() == PolicyShape.POLICY) {
            return EntityTag.ofRevision(revision);
        }
        return command.shape().isTagged() ? EntityTag.ofPart(value) : null;
    }

    private Change change(
            Document state,
            PolicyCommand command,
            Change.Action action,
            @Nullable JsonNode value,
            Instant now) {
        return new Change(
                action,
                command.stored(),
                value,
                state.revision() + 1,
                now,
                SignalHeaders.kept(headers(command), by(command), config.keptHeaders()));
    }

    private static Decision persist(
            PolicyCommand command,
            Change change,
            int status,
            @Nullable String tag,
            @Nullable JsonNode value) {
        Headers headers = SignalHeaders.ofResponse(command.request(), change.revision(), tag);
        return new Decision.Persist(
                change, command.request().signal().respond(status, headers, value));
    }

    private static AuthorizationContext by(PolicyCommand command) {
        return command.request().by();
    }

    private static Headers headers(PolicyCommand command) {
        return command.request().signal().headers();
    }
}
