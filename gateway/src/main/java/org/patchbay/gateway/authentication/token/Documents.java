package org.patchbay.gateway.authentication.token;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Where issuers' documents come from. */
@FunctionalInterface
public interface Documents {

    /**
     * The document at an address; fails where there is none, it is too large, or comes too late.
     */
    CompletionStage<byte[]> fetch(URI address);
}
