package org.patchbay.cluster.bus;

import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;

/** Who may receive a publication at all; what of it they may read is cut out by the subscriber. */
final class Readers {

    static final String POLICY = "policy";

    /** Where a thing's policy stands among its extra fields. */
    static final String POLICY_FIELD = "_policy";

    private static final String READ = "READ";

    private Readers() {}

    static boolean mayRead(AuthorizationContext who, Publication publication) {
        Signal signal = publication.signal();
        return publication.readers().allowsSome(who, resource(signal), signal.path(), READ);
    }

    /** Which resource of a policy decides. */
    static String resource(Signal signal) {
        TopicPath topic = signal.topic();
        return switch (topic.group()) {
            case POLICIES -> POLICY;
            case THINGS, CONNECTIONS ->
                    topic.criterion() == TopicPath.Criterion.MESSAGES ? "message" : "thing";
        };
    }
}
