package org.patchbay.cluster.bus;

import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Signal;

/** Stand in for acknowledgements that will not come, because a publication does not go so far. */
public final class WeakAcks {

    private WeakAcks() {}

    /**
     * @param unreached whether the one who issues this label is not handed the publication
     */
    public static void issue(Publication publication, Predicate<String> unreached) {
        ActorRef<Signal> requester = publication.acknowledgements();
        if (requester == null) {
            return;
        }
        for (String label : Acknowledgement.requestedBy(publication.signal())) {
            if (unreached.test(label)) {
                requester.tell(Acknowledgement.weak(publication.signal(), label));
            }
        }
    }
}
