package org.patchbay.things.thing;

import org.patchbay.cluster.SignalRequest;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.policy.PolicyView;
import org.patchbay.things.document.Change;
import org.patchbay.things.document.Document;

/** What a request comes to once what it changes is stored. */
sealed interface Outcome {

    SignalRequest request();

    Signal answer();

    /** The thing for the next request. */
    Document after(Document before);

    /** Nobody but the sender hears of it. */
    record Answered(SignalRequest request, Signal answer) implements Outcome {
        @Override
        public Document after(Document before) {
            return before;
        }
    }

    /** A change to store, then to publish. */
    record Changed(
            SignalRequest request,
            Signal answer,
            Change change,
            PolicyView readers,
            Document before,
            Document after)
            implements Outcome {
        @Override
        public Document after(Document state) {
            return after;
        }
    }

    /** A live signal to publish. */
    record Published(
            SignalRequest request, Signal answer, Signal signal, PolicyView readers, Document thing)
            implements Outcome {
        @Override
        public Document after(Document before) {
            return before;
        }
    }
}
