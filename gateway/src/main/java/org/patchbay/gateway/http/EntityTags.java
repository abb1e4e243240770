package org.patchbay.gateway.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problems;

/** The headers If-Match and If-None-Match. */
public final class EntityTags {

    private static final Pattern FORM =
            Pattern.compile("\\*|(W/)?\"[^\"]*\"(\\s*,\\s*(W/)?\"[^\"]*\")*");

    private EntityTags() {}

    /**
     * Refuses what is neither {@code *} nor a list of tags: passed over, it would let a change
     * through whose sender had set a condition.
     */
    public static void check(String header, @Nullable String value) {
        if (value != null && !FORM.matcher(value.strip()).matches()) {
            throw Problems.headerInvalid(
                            header,
                            "'"
                                    + value
                                    + "' is neither * nor a list of entity tags such as \"rev:3\"")
                    .asException();
        }
    }
}
