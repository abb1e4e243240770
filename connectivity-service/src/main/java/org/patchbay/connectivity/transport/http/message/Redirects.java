package org.patchbay.connectivity.transport.http.message;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.http.wire.Origin;
import org.patchbay.connectivity.transport.http.wire.Request;
import org.patchbay.connectivity.transport.http.wire.Response;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * Which redirects are followed, and with what. To another origin go method, body and content type;
 * any other header may be a secret that is meant for the first one.
 */
public final class Redirects {

    private static final int MOVED = 301;
    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;
    private static final int TEMPORARY = 307;
    private static final int PERMANENT = 308;

    private Redirects() {}

    /**
     * The request that an answer asks for instead; null where it asks for none, or for one that is
     * not followed: from https to http, or a POST that would turn into a GET and lose its body.
     */
    public static @Nullable Request next(Request request, Response response) {
        boolean follows =
                switch (response.status()) {
                    case TEMPORARY, PERMANENT, SEE_OTHER -> true;
                    case MOVED, FOUND -> !request.method().equals("POST");
                    default -> false;
                };
        String location = response.headers().get("location");
        if (!follows || location == null) {
            return null;
        }
        URI to = resolved(request, location);
        Origin origin = to == null ? null : Origin.of(to);
        if (to == null || origin == null || request.origin().isSecure() && !origin.isSecure()) {
            return null;
        }
        String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        String target = to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
        Request moved = request.at(origin, target);
        Request next =
                response.status() == SEE_OTHER
                        ? new Request(
                                "GET",
                                origin,
                                target,
                                request.headers().without(HeaderDefinition.CONTENT_TYPE),
                                new byte[0])
                        : moved;
        return origin.equals(request.origin()) ? next : next.with(shared(next.headers()));
    }

    private static @Nullable URI resolved(Request request, String location) {
        try {
            return URI.create(request.origin() + request.target()).resolve(location);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Headers shared(Headers headers) {
        String type = headers.get(HeaderDefinition.CONTENT_TYPE);
        return type == null
                ? Headers.EMPTY
                : Headers.EMPTY.with(HeaderDefinition.CONTENT_TYPE, type);
    }
}
