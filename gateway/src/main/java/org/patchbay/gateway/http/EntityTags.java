package org.patchbay.gateway.http;

import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.ETags;
import org.patchbay.protocol.Problems;

/** The headers If-Match and If-None-Match. */
public final class EntityTags {

    private EntityTags() {}

    /**
     * Refuses what is neither {@code *} nor a list of tags: passed over, it would let a change
     * through whose sender had set a condition.
     */
    public static void check(String header, @Nullable String value) {
        if (value != null && !ETags.isCondition(value)) {
            throw Problems.headerInvalid(
                            header,
                            "'"
                                    + Problems.excerpt(value)
                                    + "' is neither * nor a list of entity tags such as \"rev:3\"")
                    .asException();
        }
    }
}
