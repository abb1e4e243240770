package org.patchbay.protocol;

import java.util.regex.Pattern;

/** The form of the ids of things and policies: {@code namespace:name}. */
public final class EntityId {

    private static final int LENGTH_MAX = 256;
    private static final Pattern FORM =
            Pattern.compile("([a-zA-Z]\\w*+(?:[.\\-]\\w++)*+)?:[^\\x00-\\x1F\\x7F-\\xFF/]++");

    private EntityId() {}

    public static boolean isValid(String id) {
        return id.length() <= LENGTH_MAX && FORM.matcher(id).matches();
    }

    /**
     * @param prefix of the error code, {@code things} or {@code policies}
     */
    public static Problem invalid(String prefix, String id) {
        return Problem.of(400, prefix + ":id.invalid", "'" + id + "' is not a valid id.")
                .describedBy(
                        "An id has the form namespace:name, at most 256 characters, the name without"
                                + " slashes and control characters.");
    }

    public static String namespaceOf(String id) {
        int colon = id.indexOf(':');
        return colon < 0 ? "" : id.substring(0, colon);
    }
}
