package org.patchbay.gateway.authentication;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One way to tell who sends a request. */
interface Authenticator {

    /**
     * What comes of the credentials of this kind that the caller sends; nothing where it sends
     * none.
     */
    Optional<CompletionStage<Admission>> authenticate(Caller caller);
}
