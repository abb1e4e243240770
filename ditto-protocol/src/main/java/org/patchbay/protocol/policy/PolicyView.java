package org.patchbay.protocol.policy;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.json.JsonPointer;

/**
 * A policy compiled for questions. Grants and revokes hold for the pointer they stand at and all below
 * it; the deeper one wins, and a revoke wins over a grant at the same depth.
 */
public final class PolicyView {

    /** Compiles {@code {"entries": {LABEL: {"subjects", "resources"}}}}; imports are resolved before. */
    public static PolicyView of(JsonNode policy) {
        throw new UnsupportedOperationException(policy.toString());
    }

    /**
     * Whether one of the subjects has the permission at the pointer and it is not revoked anywhere below.
     *
     * @param resource {@code thing}, {@code policy} or {@code message}
     */
    public boolean allows(AuthorizationContext who, String resource, JsonPointer at, String permission) {
        throw new UnsupportedOperationException();
    }

    /** Whether one of the subjects has the permission at the pointer or somewhere below it. */
    public boolean allowsSome(AuthorizationContext who, String resource, JsonPointer at, String permission) {
        throw new UnsupportedOperationException();
    }

    /**
     * The part of a value at a pointer that the subjects may read; null where that is nothing.
     *
     * @param at where the value stands in its document
     */
    public @Nullable JsonNode readable(AuthorizationContext who, String resource, JsonPointer at, JsonNode value) {
        throw new UnsupportedOperationException();
    }

    /** This view as JSON for the wire (the compiled rows of one resource), read back by {@link #fromWire}. */
    public JsonNode toWire(String resource) {
        throw new UnsupportedOperationException();
    }

    public static PolicyView fromWire(JsonNode json) {
        throw new UnsupportedOperationException(json.toString());
    }
}
