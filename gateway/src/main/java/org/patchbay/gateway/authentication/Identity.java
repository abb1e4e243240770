package org.patchbay.gateway.authentication;

import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Headers;

/**
 * Who sends a request: a name for logs, and on whose behalf its commands are carried out.
 *
 * @param claims headers that its token adds to the request
 */
public record Identity(String name, AuthorizationContext authorization, Headers claims) {

    /** Nobody in particular; may use what is open to all. */
    public static final Identity ANONYMOUS = new Identity("anonymous", AuthorizationContext.of());

    public Identity(String name, AuthorizationContext authorization) {
        this(name, authorization, Headers.EMPTY);
    }
}
