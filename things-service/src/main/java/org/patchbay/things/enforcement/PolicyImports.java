package org.patchbay.things.enforcement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.patchbay.protocol.json.JsonPointer;
import org.patchbay.things.document.Trees;

/** Imports of policies: which entries of another policy count as one's own. */
public final class PolicyImports {

    /** How the labels of imported entries begin; nobody may choose such a label. */
    public static final String LABEL_PREFIX = "imported";

    private PolicyImports() {}

    /**
     * The policy with the entries it imports, as {@code imported-POLICY-LABEL}: those that may be
     * imported implicitly, and the explicit ones that it names.
     */
    public static JsonNode resolve(JsonNode policy, Map<String, JsonNode> imported) {
        if (imported.isEmpty()) {
            return policy;
        }
        ObjectNode entries = ((ObjectNode) policy.path("entries")).objectNode();
        entries.setAll((ObjectNode) policy.path("entries"));
        imported.forEach((id, other) -> {
            Set<String> named = new HashSet<>();
            policy.path("imports").path(id).path("entries").forEach(l -> named.add(l.asText()));
            for (Map.Entry<String, JsonNode> entry : other.path("entries").properties()) {
                if (isImported(entry.getValue(), named.contains(entry.getKey()))) {
                    entries.set(LABEL_PREFIX + "-" + id + "-" + entry.getKey(), entry.getValue());
                }
            }
        });
        return Trees.set(policy, JsonPointer.of("entries"), entries);
    }

    private static boolean isImported(JsonNode entry, boolean isNamed) {
        return switch (entry.path("importable").asText("implicit")) {
            case "never" -> false;
            case "explicit" -> isNamed;
            default -> true;
        };
    }
}
