package org.patchbay.things.thing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.EntityId;
import org.patchbay.things.thing.rules.ThingProblems;

/** Where the policy of a new thing comes from. */
sealed interface PolicySource {

    /** The policy of the new thing. */
    String policyId();

    /** A policy there is. */
    record Existing(String policyId) implements PolicySource {}

    /** One to be created: sent along, or the default one. */
    record New(String policyId, JsonNode policy) implements PolicySource {}

    /** One to be created like another. */
    record CopyOf(String policyId, String original) implements PolicySource {}

    /** One to be created like that of another thing. */
    record CopyOfThings(String policyId, String thingId) implements PolicySource {}

    Pattern REFERENCE = Pattern.compile("\\{\\{\\s*ref:things/([^/\\s]+)/policyId\\s*}}");

    List<String> DEFAULT_RESOURCES = List.of("policy:/", "thing:/", "message:/");

    /**
     * Reads what the value of a creating command says; a malformed one is a problem.
     *
     * @param value as it was sent, with {@code _policy} and {@code _copyPolicyFrom}
     */
    static PolicySource of(String thingId, @Nullable JsonNode value, AuthorizationContext by) {
        JsonNode sent = value == null ? JsonNodeFactory.instance.objectNode() : value;
        JsonNode inline = sent.get("_policy");
        JsonNode copy = sent.get("_copyPolicyFrom");
        if (inline != null && copy != null) {
            throw ThingProblems.policyConflicting().asException();
        }
        JsonNode named = sent.get("policyId");
        String policyId = named == null || named.isNull() ? thingId : named.asText();
        if (inline != null) {
            if (!inline.isObject() || inline.isEmpty()) {
                throw ThingProblems.policyInvalid("it is empty").asException();
            }
            return new New(policyId, inline);
        }
        if (copy != null) {
            return copyOf(policyId, copy.asText());
        }
        return named == null || named.isNull()
                ? new New(policyId, defaultPolicy(by))
                : new Existing(policyId);
    }

    private static PolicySource copyOf(String policyId, String original) {
        Matcher reference = REFERENCE.matcher(original.strip());
        if (reference.matches()) {
            return new CopyOfThings(policyId, reference.group(1));
        }
        if (!EntityId.isValid(original)) {
            throw EntityId.invalid("policies", original).asException();
        }
        return new CopyOf(policyId, original);
    }

    /** Everything for the creator. */
    private static ObjectNode defaultPolicy(AuthorizationContext by) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        ObjectNode entry = policy.putObject("entries").putObject("DEFAULT");
        ObjectNode subjects = entry.putObject("subjects");
        by.subjects().stream()
                .limit(1)
                .forEach(subject -> subjects.putObject(subject).put("type", "generated"));
        ObjectNode resources = entry.putObject("resources");
        for (String resource : DEFAULT_RESOURCES) {
            ObjectNode permissions = resources.putObject(resource);
            permissions.putArray("grant").add("READ").add("WRITE");
            permissions.putArray("revoke");
        }
        return policy;
    }
}
