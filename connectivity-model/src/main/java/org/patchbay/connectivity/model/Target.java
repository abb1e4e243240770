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

    /**
     * What a target subscribes to.
     *
     * @param text as the operator wrote it
     * @param namespaces empty for all
     * @param filter RQL, may be null
     * @param extraFields a field selector, may be null
     */
    public record Topic(
            String text,
            SignalKind kind,
            List<String> namespaces,
            @Nullable String filter,
            @Nullable String extraFields) {}
}
