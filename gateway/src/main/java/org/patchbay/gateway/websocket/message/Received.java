package org.patchbay.gateway.websocket.message;

import org.patchbay.cluster.acknowledgement.Expectations;
import org.patchbay.cluster.subscription.Subscription;
import org.patchbay.protocol.Signal;

/** What a client wants with a message. */
public sealed interface Received {

    record Start(Topic topic, Subscription subscription) implements Received {}

    record Stop(Topic topic) implements Received {}

    /** Takes the place of the token that the session was opened with. */
    record Renew(String token) implements Received {
        @Override
        public String toString() {
            return "Renew";
        }
    }

    /** A signal for a thing or a policy. */
    record Request(Signal signal, Expectations expects) implements Received {}

    /** An answer to what this client never asked for: answering it might never end. */
    record Stray() implements Received {}

    /** Wrong, and this is how it is told. */
    record Refused(Signal error) implements Received {}
}
