package org.patchbay.gateway.authentication;

import org.patchbay.protocol.AuthorizationContext;

/** Who sends a request: a name for logs, and on whose behalf its commands are carried out. */
public record Identity(String name, AuthorizationContext authorization) {

    /** Nobody in particular; may use what is open to all. */
    public static final Identity ANONYMOUS = new Identity("anonymous", AuthorizationContext.of());
}
