package org.patchbay.things.document;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.ETags;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** Conditional requests: {@code if-match}, {@code if-none-match} and {@code if-equal}. */
public final class Preconditions {

    private Preconditions() {}

    /**
     * What forbids to go on, or null.
     *
     * @param prefix of the error codes, {@code things} or {@code policies}
     * @param tag the entity tag of what the command points to; null where there is nothing
     */
    public static @Nullable Problem check(
            String prefix, Headers headers, @Nullable String tag, boolean reads) {
        String ifMatch = headers.get(HeaderDefinition.IF_MATCH);
        if (ifMatch != null && !meets(HeaderDefinition.IF_MATCH, ifMatch, tag)) {
            return failed(prefix, HeaderDefinition.IF_MATCH, ifMatch);
        }
        String ifNoneMatch = headers.get(HeaderDefinition.IF_NONE_MATCH);
        if (ifNoneMatch != null && meets(HeaderDefinition.IF_NONE_MATCH, ifNoneMatch, tag)) {
            return reads
                    ? Problem.of(304, prefix + ":precondition.notmodified", "It did not change.")
                    : failed(prefix, HeaderDefinition.IF_NONE_MATCH, ifNoneMatch);
        }
        return null;
    }

    /** What forbids to set a value to what it is already, or null. */
    public static @Nullable Problem checkEqual(
            String prefix, Headers headers, @Nullable JsonNode before, @Nullable JsonNode after) {
        String mode = headers.get(HeaderDefinition.IF_EQUAL);
        if (mode == null || !mode.startsWith("skip") || before == null || after == null) {
            return null;
        }
        return Trees.isEqual(before, after)
                ? failed(prefix, HeaderDefinition.IF_EQUAL, mode)
                : null;
    }

    private static boolean meets(String header, String wanted, @Nullable String tag) {
        if (!ETags.isCondition(wanted)) {
            throw Problems.headerInvalid(header, "it is neither * nor a list of quoted entity tags")
                    .asException();
        }
        if (tag == null) {
            return false;
        }
        if (wanted.strip().equals("*")) {
            return true;
        }
        for (String candidate : wanted.split(",", -1)) {
            if (candidate.strip().equals(tag)) {
                return true;
            }
        }
        return false;
    }

    private static Problem failed(String prefix, String header, String wanted) {
        return Problem.of(
                        412,
                        prefix + ":precondition.failed",
                        "The condition of the header " + header + " does not hold: " + wanted)
                .describedBy("Retrieve the present state and its entity tag, then decide again.");
    }
}
