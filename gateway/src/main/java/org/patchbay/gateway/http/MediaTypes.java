package org.patchbay.gateway.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The content types that a resource takes. No content type, and the one for anything, pass as what
 * the resource expects.
 */
public record MediaTypes(Set<String> accepted) {

    public static final String JSON = "application/json";
    public static final String MERGE_PATCH = "application/merge-patch+json";
    public static final String TEXT = "text/plain";

    private static final Set<String> UNSAID = Set.of("", "application/octet-stream");

    public static MediaTypes only(String type) {
        return new MediaTypes(Set.of(type));
    }

    /** JSON, and what the operator lets pass as such. */
    public static MediaTypes json(Set<String> additional) {
        Set<String> types = new LinkedHashSet<>(List.of(JSON));
        types.addAll(additional);
        return new MediaTypes(types);
    }

    /** Refuses any other content type with 415. */
    public void check(Exchange exchange) {
        String type = exchange.contentType();
        if (!UNSAID.contains(type) && !accepted.contains(type)) {
            throw Refusals.mediaTypeUnsupported(type, accepted).asException();
        }
    }
}
