package org.patchbay.connectivity.path.inbound;

import org.patchbay.cluster.acknowledgement.Expectations;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;

/** What is to be done for one of the signals a message was mapped to. */
sealed interface Step {

    /**
     * Send it to its entity.
     *
     * @param sourceAsks whether the source, not the sender, asks for acknowledgements: then the
     *     message is tried again where they fail
     */
    record Send(Signal signal, AuthorizationContext by, Expectations expects, boolean sourceAsks)
            implements Step {}

    /** Answer an error to a signal that could be read. */
    record Refuse(Signal error) implements Step {}

    /**
     * Answer an error about what could not be read as a signal; the source's mappers are left out.
     */
    record Unreadable(Signal error) implements Step {}

    /** Leave it alone: an answer to an answer would never end. */
    record Ignore(Signal signal, String why) implements Step {}
}
