package org.patchbay.connectivity.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.SignalKind;

/** Where a connection publishes to. */
public record Target(
        String address,
        List<Topic> topics,
        @Nullable Integer qos,
        List<String> authorizationContext,
        Map<String, String> headerMapping,
        List<String> payloadMapping,
        @Nullable String issuedAcknowledgementLabel) {

    public Target {
        topics = List.copyOf(topics);
        authorizationContext = List.copyOf(authorizationContext);
        payloadMapping = List.copyOf(payloadMapping);
    }

    /**
     * What a target subscribes to.
     *
     * @param text as the operator wrote it, parameters in the order namespaces, filter, extraFields
     * @param namespaces empty for all
     * @param filter RQL, decoded, may be null
     * @param extraFields a field selector, decoded, may be null; may hold the placeholder
     *     feature:id
     */
    public record Topic(
            String text,
            SignalKind kind,
            List<String> namespaces,
            @Nullable String filter,
            @Nullable String extraFields) {

        public Topic {
            namespaces = List.copyOf(namespaces);
        }

        /** Reads a topic; what can't be read is the problem {@code connectivity:topic.invalid}. */
        public static Topic parse(String text) {
            return Topics.parse(text);
        }
    }
}
