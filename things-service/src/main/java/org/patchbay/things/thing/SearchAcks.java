package org.patchbay.things.thing;

import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * Nobody acknowledges that the search index is up to date, for there is none: that is said at once.
 */
final class SearchAcks {

    private static final String SEARCH_PERSISTED = "search-persisted";

    private static final Problem NOT_SUPPORTED =
            Problem.of(
                            400,
                            "acknowledgement:label.not.supported",
                            "There is no search index that 'search-persisted' could wait for.")
                    .describedBy(
                            "Leave the label out; 'twin-persisted' says that the thing is stored.");

    private SearchAcks() {}

    /** Answers whoever asked for that acknowledgement; it is no reason to try again. */
    static void refuse(SignalRequest request, Signal event) {
        ActorRef<Signal> requester = request.acknowledgements();
        if (requester == null
                || !Acknowledgement.requestedBy(request.signal()).contains(SEARCH_PERSISTED)) {
            return;
        }
        Headers headers = Headers.EMPTY.with(HeaderDefinition.CONTENT_TYPE, "application/json");
        requester.tell(
                Acknowledgement.of(
                        event,
                        SEARCH_PERSISTED,
                        NOT_SUPPORTED.status(),
                        headers,
                        NOT_SUPPORTED.toJson()));
    }
}
