package org.patchbay.gateway.authentication;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.patchbay.protocol.Headers;

/** One way to tell who sends a request. */
public interface Authenticator {

    /**
     * Who sends a request with these headers; nothing where they hold no credentials of this kind.
     * The stage holds nothing where the credentials are wrong.
     */
    Optional<CompletionStage<Optional<Identity>>> authenticate(Headers headers);
}
