package org.patchbay.connectivity.path.inbound;

import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.acknowledgement.Expectations;
import org.patchbay.connectivity.monitoring.account.Ending;
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
    record Refuse(Signal error, Ending ending) implements Step {}

    /**
     * Answer an error about what could not be read as a signal; the source's mappers are left out.
     */
    record Unreadable(Signal error, Ending ending) implements Step {}

    /** Leave it alone: an answer to an answer would never end. */
    record Ignore(Signal signal, Ending ending) implements Step {}

    /** What it is about, where the message could be read. */
    default @Nullable Signal about() {
        return switch (this) {
            case Send send -> send.signal();
            case Refuse refuse -> refuse.error();
            case Unreadable _ -> null;
            case Ignore ignore -> ignore.signal();
        };
    }
}
