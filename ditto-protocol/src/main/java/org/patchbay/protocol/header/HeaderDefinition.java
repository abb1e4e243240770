package org.patchbay.protocol.header;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names of the headers that mean something to us, and the JSON type of those that are no texts.
 */
public final class HeaderDefinition {

    public static final String ACCEPT = "accept";
    public static final String ALLOW_POLICY_LOCKOUT = "allow-policy-lockout";
    public static final String CONDITION = "condition";
    public static final String CONTENT_TYPE = "content-type";
    public static final String CORRELATION_ID = "correlation-id";
    public static final String DECLARED_ACKS = "declared-acks";
    public static final String DIVERTED_FROM = "diverted-response-from-connection";
    public static final String DIVERT_TO = "divert-response-to-connection";
    public static final String DIVERT_TYPES = "divert-expected-response-types";
    public static final String ENTITY_ID = "ditto-entity-id";
    public static final String ENTITY_REVISION = "entity-revision";
    public static final String ETAG = "etag";
    public static final String IF_EQUAL = "if-equal";
    public static final String IF_MATCH = "if-match";
    public static final String IF_NONE_MATCH = "if-none-match";
    public static final String LIVE_CHANNEL_CONDITION = "live-channel-condition";
    public static final String MERGE_PATCH_CONDITIONS = "merge-thing-patch-conditions";
    public static final String ORIGINATOR = "ditto-originator";
    public static final String POLICY_VIEW = "policy-view";
    public static final String PUT_METADATA = "put-metadata";
    public static final String REPLY_TO = "reply-to";
    public static final String REQUESTED_ACKS = "requested-acks";
    public static final String RESPONSE_REQUIRED = "response-required";
    public static final String TIMEOUT = "timeout";
    public static final String VERSION = "version";
    public static final String WEAK_ACK = "ditto-weak-ack";

    /** How a header's text stands in the JSON of an envelope. */
    public enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        ARRAY,
        OBJECT
    }

    private static final Map<String, Type> TYPES =
            Map.ofEntries(
                    Map.entry(ALLOW_POLICY_LOCKOUT, Type.BOOLEAN),
                    Map.entry(DECLARED_ACKS, Type.ARRAY),
                    Map.entry(ENTITY_REVISION, Type.NUMBER),
                    Map.entry(PUT_METADATA, Type.ARRAY),
                    Map.entry(REQUESTED_ACKS, Type.ARRAY),
                    Map.entry(RESPONSE_REQUIRED, Type.BOOLEAN),
                    Map.entry(WEAK_ACK, Type.BOOLEAN));

    /** Headers that only requests carry and that neither events nor responses repeat. */
    public static final Set<String> REQUEST_ONLY =
            Set.of(
                    ACCEPT,
                    ALLOW_POLICY_LOCKOUT,
                    CONDITION,
                    IF_EQUAL,
                    IF_MATCH,
                    IF_NONE_MATCH,
                    LIVE_CHANNEL_CONDITION,
                    MERGE_PATCH_CONDITIONS,
                    POLICY_VIEW,
                    PUT_METADATA);

    /** Headers that say something between us; from outside they mean nothing. */
    private static final Set<String> INTERNAL =
            Set.of("channel", "raw-request-url", "read-subjects", "subject", "timeout-access");

    private static final String INTERNAL_PREFIX = "ditto-";

    private HeaderDefinition() {}

    /** Whether a header of this name is ours to set, so that it is left out where others do. */
    public static boolean isInternal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(INTERNAL_PREFIX) || INTERNAL.contains(lower);
    }

    public static Type typeOf(String name) {
        return TYPES.getOrDefault(name.toLowerCase(Locale.ROOT), Type.TEXT);
    }
}
