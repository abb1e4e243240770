package org.patchbay.protocol.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;

/**
 * One place in the tree of a resource: who is granted and who is revoked what exactly there.
 * Changed only while its view is compiled.
 */
final class PermissionNode {

    private final Map<String, PermissionNode> children = new LinkedHashMap<>();
    private final Map<String, Set<String>> granted = new HashMap<>();
    private final Map<String, Set<String>> revoked = new HashMap<>();

    void grant(String permission, String subject) {
        granted.computeIfAbsent(permission, _ -> new HashSet<>()).add(subject);
    }

    void revoke(String permission, String subject) {
        revoked.computeIfAbsent(permission, _ -> new HashSet<>()).add(subject);
    }

    @Nullable PermissionNode child(String segment) {
        return children.get(segment);
    }

    PermissionNode childOrNew(String segment) {
        return children.computeIfAbsent(segment, _ -> new PermissionNode());
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    /** What holds here, where {@code inherited} holds above. */
    boolean decide(AuthorizationContext who, String permission, boolean inherited) {
        if (meets(revoked, who, permission)) {
            return false;
        }
        return inherited || meets(granted, who, permission);
    }

    boolean revokesBelow(AuthorizationContext who, String permission) {
        for (PermissionNode child : children.values()) {
            if (meets(child.revoked, who, permission) || child.revokesBelow(who, permission)) {
                return true;
            }
        }
        return false;
    }

    boolean allowsBelow(AuthorizationContext who, String permission) {
        for (PermissionNode child : children.values()) {
            if (child.decide(who, permission, false) || child.allowsBelow(who, permission)) {
                return true;
            }
        }
        return false;
    }

    private static boolean meets(
            Map<String, Set<String>> rows, AuthorizationContext who, String permission) {
        Set<String> subjects = rows.get(permission);
        if (subjects == null) {
            return false;
        }
        List<String> asking = who.subjects();
        for (int i = 0; i < asking.size(); i++) {
            if (subjects.contains(asking.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@code {"thing:/a": {"grant": {PERMISSION: [SUBJECT]}, "revoke": {…}}}}, without empty rows.
     */
    void write(String key, ObjectNode rows) {
        if (!granted.isEmpty() || !revoked.isEmpty()) {
            ObjectNode row = rows.putObject(key.endsWith(":") ? key + "/" : key);
            writeSubjects(row, "grant", granted);
            writeSubjects(row, "revoke", revoked);
        }
        children.forEach((segment, child) ->
                child.write(key + "/" + segment.replace("~", "~0").replace("/", "~1"), rows));
    }

    void read(JsonNode row) {
        row.path("grant")
                .properties()
                .forEach(p -> p.getValue().forEach(s -> grant(p.getKey(), s.asText())));
        row.path("revoke")
                .properties()
                .forEach(p -> p.getValue().forEach(s -> revoke(p.getKey(), s.asText())));
    }

    private static void writeSubjects(ObjectNode row, String name, Map<String, Set<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        ObjectNode json = row.putObject(name);
        rows.forEach((permission, subjects) -> {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            subjects.stream().sorted().forEach(array::add);
            json.set(permission, array);
        });
    }
}
