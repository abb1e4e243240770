package org.patchbay.gateway.websocket.message;

import java.util.Set;
import org.patchbay.cluster.acknowledgement.Expectations;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/**
 * What the sender of a signal is owed over a WebSocket, where acknowledgements come as text or not
 * at all: {@code response-required}, {@code requested-acks} and {@code timeout} have to go
 * together.
 */
final class Asking {

    private Asking() {}

    /**
     * @throws org.patchbay.protocol.ProblemException where the headers contradict each other
     */
    static Expectations of(Signal signal) {
        Expectations expects = Expectations.of(signal, Set.of());
        Criterion criterion = signal.topic().criterion();
        boolean asks =
                !signal.isResponse()
                        && (criterion == Criterion.COMMANDS || criterion == Criterion.MESSAGES);
        if (!asks) {
            return new Expectations(false, Set.of(), expects.timeout());
        }
        boolean unwanted = "false".equals(signal.headers().get(HeaderDefinition.RESPONSE_REQUIRED));
        if (unwanted && !Expectations.requestedAcks(signal.headers()).isEmpty()) {
            throw MessageProblems.acknowledgementsWithoutAnswer().asException();
        }
        return expects;
    }

    /** The signal, saying what its sender expects of those who get it. */
    static Signal told(Signal signal, Expectations expects) {
        Headers headers = signal.headers();
        boolean said =
                signal.isResponse()
                        || expects.responseRequired()
                        || "false".equals(headers.get(HeaderDefinition.RESPONSE_REQUIRED));
        return said
                ? signal
                : signal.with(headers.with(HeaderDefinition.RESPONSE_REQUIRED, "false"));
    }
}
