package org.patchbay.gateway.websocket.session;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.patchbay.gateway.authentication.Admission;
import org.patchbay.gateway.authentication.Identity;

/**
 * What is known of a session when its socket is opened.
 *
 * @param id of the session; what it causes is not echoed to it
 * @param declared labels of the acknowledgements that the client issues
 * @param renewal says whose a new token is
 */
public record SessionSetup(
        String id,
        Identity identity,
        Set<String> declared,
        Function<String, CompletionStage<Admission>> renewal,
        Outbox outbox,
        WebSocketSettings settings,
        SessionServices services) {

    public SessionSetup {
        declared = Set.copyOf(declared);
    }
}
