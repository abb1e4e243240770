package org.patchbay.protocol;

import java.util.regex.Pattern;

/** What If-Match and If-None-Match hold. */
public final class ETags {

    /**
     * Nothing in it is tried twice: with a group that might be, Java's matcher calls itself for
     * each tag, and a header of some kilobytes would exhaust the stack.
     */
    private static final Pattern LIST =
            Pattern.compile("(?:W/)?+\"[^\"]*+\"(?:\\s*+,\\s*+(?:W/)?+\"[^\"]*+\")*+");

    private ETags() {}

    /** Whether it is {@code *} or a list of tags, with white space around it or not. */
    public static boolean isCondition(String value) {
        String text = value.strip();
        return text.equals("*") || LIST.matcher(text).matches();
    }
}
