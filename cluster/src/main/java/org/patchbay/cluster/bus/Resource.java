package org.patchbay.cluster.bus;

import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;

/** Which resource of a policy decides who may receive a signal. */
final class Resource {

    private Resource() {}

    static String of(Signal signal) {
        TopicPath topic = signal.topic();
        return switch (topic.group()) {
            case POLICIES -> "policy";
            case THINGS, CONNECTIONS ->
                    topic.criterion() == TopicPath.Criterion.MESSAGES ? "message" : "thing";
        };
    }
}
