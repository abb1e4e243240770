package org.patchbay.connectivity.mapping;

import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;

/**
 * The content type that a signal gets on its way out. Inside it has none of its own accord, so that
 * header mappings see only what somebody set.
 */
final class OutgoingHeaders {

    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";

    private OutgoingHeaders() {}

    static Signal complete(Signal signal) {
        boolean isMessage = signal.topic().criterion() == Criterion.MESSAGES;
        boolean hasContent = signal.value() != null || signal.isResponse();
        if (isMessage || !hasContent || signal.headers().has(HeaderDefinition.CONTENT_TYPE)) {
            return signal;
        }
        String action = signal.topic().action();
        String type = "merge".equals(action) || "merged".equals(action) ? MERGE_PATCH : JSON;
        return signal.with(signal.headers().with(HeaderDefinition.CONTENT_TYPE, type));
    }
}
