package org.patchbay.gateway.authentication;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.header.Headers;

/**
 * Who sends a request: a name for logs, and on whose behalf its commands are carried out.
 *
 * @param claims headers that its token adds to the request
 * @param token that it came with, null where it came with other credentials
 */
public record Identity(
        String name, AuthorizationContext authorization, Headers claims, @Nullable Token token) {

    /**
     * What a session has to know of the token it was opened with.
     *
     * @param owner whose it is: of two tokens with the same owner one may take the other's place
     * @param until when it counts no longer
     */
    public record Token(String owner, Instant until) {}

    /** Nobody in particular; may use what is open to all. */
    public static final Identity ANONYMOUS = new Identity("anonymous", AuthorizationContext.of());

    public Identity(String name, AuthorizationContext authorization) {
        this(name, authorization, Headers.EMPTY, null);
    }
}
