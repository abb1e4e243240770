package org.patchbay.connectivity.transport.http.wire;

import java.util.Set;
import org.patchbay.protocol.header.Headers;

/**
 * A request as it is sent.
 *
 * @param target path and query, encoded
 * @param headers that can be sent as they are; {@code content-type} among them, without {@code
 *     host} and {@code content-length}
 * @param body empty where there is none; never changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Request(String method, Origin origin, String target, Headers headers, byte[] body) {

    private static final Set<String> IDEMPOTENT =
            Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");

    /** Whether it does no harm when it comes twice. */
    public boolean isIdempotent() {
        return IDEMPOTENT.contains(method);
    }

    public Request with(Headers newHeaders) {
        return new Request(method, origin, target, newHeaders, body);
    }

    public Request at(Origin newOrigin, String newTarget) {
        return new Request(method, newOrigin, newTarget, headers, body);
    }

    /** Path and query apart: the path alone. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** What stands after the question mark, empty where nothing does. */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** Names nothing that may be a secret. */
    @Override
    public String toString() {
        return method + " " + origin + path();
    }
}
