package org.patchbay.connectivity.path.outbound;

import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Signal;

/** The acknowledgements that targets issue, as signals. */
public final class IssuedAcks {

    private IssuedAcks() {}

    /** An acknowledgement that says what came of publishing. */
    public static Signal strong(Signal signal, String label, PublishResult result) {
        return Acknowledgement.of(signal, label, result.status(), result.headers(), result.value());
    }
}
