package org.patchbay.connectivity.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a connection consumes from. */
public record Source(
        List<String> addresses,
        int consumerCount,
        @Nullable Integer qos,
        List<String> authorizationContext,
        @Nullable Enforcement enforcement,
        Map<String, String> headerMapping,
        List<String> payloadMapping,
        @Nullable AcknowledgementRequests acknowledgementRequests,
        List<String> declaredAcks,
        ReplyTarget replyTarget) {

    public Source {
        addresses = List.copyOf(addresses);
        authorizationContext = List.copyOf(authorizationContext);
        payloadMapping = List.copyOf(payloadMapping);
        declaredAcks = List.copyOf(declaredAcks);
    }

    public Source with(List<String> newAddresses) {
        return new Source(
                newAddresses,
                consumerCount,
                qos,
                authorizationContext,
                enforcement,
                headerMapping,
                payloadMapping,
                acknowledgementRequests,
                declaredAcks,
                replyTarget);
    }

    /** The id that a message claims must match one of the filters. */
    public record Enforcement(String input, List<String> filters) {
        public Enforcement {
            filters = List.copyOf(filters);
        }
    }

    /** Which acknowledgements every message of this source requests, where the filter lets it. */
    public record AcknowledgementRequests(List<String> includes, @Nullable String filter) {
        public AcknowledgementRequests {
            includes = List.copyOf(includes);
        }
    }

    /** Where responses to this source's messages go. */
    public record ReplyTarget(
            String address,
            Map<String, String> headerMapping,
            List<String> expectedResponseTypes,
            boolean enabled) {
        public ReplyTarget {
            expectedResponseTypes = List.copyOf(expectedResponseTypes);
        }
    }
}
