package org.patchbay.protocol.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.json.JsonPointer;

/**
 * A policy compiled for questions. Grants and revokes hold for the pointer they stand at and all
 * below it; the deeper one wins, and a revoke wins over a grant at the same depth.
 *
 * <p>The rows of all subjects of one asker count together: what one entry revokes from one of its
 * subjects is revoked, whoever else was granted it at that depth. Whoever asks with {@code sudo}
 * may do everything.
 */
public final class PolicyView {

    /** Allows nobody anything. */
    public static final PolicyView NOTHING = new PolicyView(Map.of());

    private final Map<String, PermissionNode> roots;

    /** The rows of each resource as JSON: a busy thing sends the same ones with each event. */
    private final Map<String, ObjectNode> written = new ConcurrentHashMap<>();

    private final @Nullable JsonNode document;

    private PolicyView(Map<String, PermissionNode> roots) {
        this(roots, null);
    }

    private PolicyView(Map<String, PermissionNode> roots, @Nullable JsonNode document) {
        this.roots = roots;
        this.document = document;
    }

    /**
     * The same view, with the policy that it was made of. Who shows the policy and asks the view
     * who may see it then speaks of one and the same revision.
     */
    public PolicyView withDocument(JsonNode policy) {
        return new PolicyView(roots, policy);
    }

    /** The policy as it is stored; null where only its rows came along. */
    public @Nullable JsonNode document() {
        return document;
    }

    /**
     * Compiles {@code {"entries": {LABEL: {"subjects", "resources"}}}}; imports are resolved
     * before.
     */
    public static PolicyView of(JsonNode policy) {
        Map<String, PermissionNode> roots = new LinkedHashMap<>();
        for (JsonNode entry : policy.path("entries")) {
            for (Map.Entry<String, JsonNode> resource : entry.path("resources").properties()) {
                PermissionNode node = nodeAt(roots, resource.getKey());
                for (Map.Entry<String, JsonNode> subject : entry.path("subjects").properties()) {
                    for (JsonNode permission : resource.getValue().path("grant")) {
                        node.grant(permission.asText(), subject.getKey());
                    }
                    for (JsonNode permission : resource.getValue().path("revoke")) {
                        node.revoke(permission.asText(), subject.getKey());
                    }
                }
            }
        }
        return new PolicyView(roots);
    }

    /**
     * Whether one of the subjects has the permission at the pointer and it is not revoked anywhere
     * below.
     *
     * @param resource {@code thing}, {@code policy} or {@code message}
     */
    public boolean allows(
            AuthorizationContext who, String resource, JsonPointer at, String permission) {
        if (who.sudo()) {
            return true;
        }
        Place place = placeOf(who, resource, at, permission);
        return place.allowed()
                && (place.node() == null || !place.node().revokesBelow(who, permission));
    }

    /** Whether one of the subjects has the permission at the pointer or somewhere below it. */
    public boolean allowsSome(
            AuthorizationContext who, String resource, JsonPointer at, String permission) {
        if (who.sudo()) {
            return true;
        }
        Place place = placeOf(who, resource, at, permission);
        return place.allowed()
                || (place.node() != null && place.node().allowsBelow(who, permission));
    }

    /**
     * Whether one of the subjects has the permission wherever a merge patch has leaves; what is
     * revoked below a leaf does not matter, as in Ditto.
     *
     * @param at where the patch stands in its document
     */
    public boolean allowsPatch(
            AuthorizationContext who,
            String resource,
            JsonPointer at,
            @Nullable JsonNode patch,
            String permission) {
        if (who.sudo()) {
            return true;
        }
        Place place = placeOf(who, resource, at, permission);
        return allowsLeaves(who, place.node(), place.allowed(), patch, permission);
    }

    /**
     * The part of a value at a pointer that the subjects may read; null where that is nothing.
     *
     * @param at where the value stands in its document
     */
    public @Nullable JsonNode readable(
            AuthorizationContext who, String resource, JsonPointer at, JsonNode value) {
        if (who.sudo()) {
            return value;
        }
        Place place = placeOf(who, resource, at, Permission.READ);
        return readable(who, place.node(), place.allowed(), value);
    }

    /**
     * This view as JSON for the wire (the compiled rows of one resource), read back by {@link
     * #fromWire}.
     */
    public JsonNode toWire(String resource) {
        return written.computeIfAbsent(
                resource,
                _ -> {
                    ObjectNode rows = JsonNodeFactory.instance.objectNode();
                    PermissionNode root = roots.get(resource);
                    if (root != null) {
                        root.write(resource + ":", rows);
                    }
                    return rows;
                });
    }

    public static PolicyView fromWire(JsonNode json) {
        Map<String, PermissionNode> roots = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> row : json.properties()) {
            nodeAt(roots, row.getKey()).read(row.getValue());
        }
        return new PolicyView(roots);
    }

    /** Where a pointer leads: what holds there, and the node if rows stand at or below it. */
    private record Place(@Nullable PermissionNode node, boolean allowed) {}

    private Place placeOf(
            AuthorizationContext who, String resource, JsonPointer at, String permission) {
        PermissionNode node = roots.get(resource);
        boolean allowed = false;
        if (node != null) {
            allowed = node.decide(who, permission, false);
        }
        for (int i = 0; i < at.depth() && node != null; i++) {
            node = node.child(at.segment(i));
            if (node != null) {
                allowed = node.decide(who, permission, allowed);
            }
        }
        return new Place(node, allowed);
    }

    private static boolean allowsLeaves(
            AuthorizationContext who,
            @Nullable PermissionNode node,
            boolean allowed,
            @Nullable JsonNode patch,
            String permission) {
        if (node == null
                || node.isLeaf()
                || patch == null
                || !patch.isObject()
                || patch.isEmpty()) {
            return allowed;
        }
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            PermissionNode child = node.child(field.getKey());
            boolean below = child == null ? allowed : child.decide(who, permission, allowed);
            if (!allowsLeaves(who, child, below, field.getValue(), permission)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable JsonNode readable(
            AuthorizationContext who,
            @Nullable PermissionNode node,
            boolean allowed,
            JsonNode value) {
        if (node == null || node.isLeaf() || !value.isObject()) {
            return allowed ? value : null;
        }
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        boolean whole = true;
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            PermissionNode child = node.child(field.getKey());
            boolean below = child == null ? allowed : child.decide(who, Permission.READ, allowed);
            JsonNode kept = readable(who, child, below, field.getValue());
            whole &= kept == field.getValue();
            if (kept != null) {
                part.set(field.getKey(), kept);
            }
        }
        if (allowed) {
            return whole ? value : part;
        }
        return part.isEmpty() ? null : part;
    }

    private static PermissionNode nodeAt(Map<String, PermissionNode> roots, String resourceKey) {
        int colon = resourceKey.indexOf(':');
        String resource = colon < 0 ? resourceKey : resourceKey.substring(0, colon);
        String path = colon < 0 ? "" : resourceKey.substring(colon + 1);
        PermissionNode node = roots.computeIfAbsent(resource, _ -> new PermissionNode());
        for (String segment : JsonPointer.parse(path).segments()) {
            node = node.childOrNew(segment);
        }
        return node;
    }
}
