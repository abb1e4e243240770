package org.patchbay.protocol.placeholder;

/**
 * Patterns of {@code like}: {@code *} is any text, {@code ?} one character, {@code |} parts
 * alternatives.
 */
final class Glob {

    private Glob() {}

    static boolean matches(String pattern, String text) {
        int from = 0;
        int bar = pattern.indexOf('|');
        while (bar >= 0) {
            if (matchesOne(pattern.substring(from, bar), text)) {
                return true;
            }
            from = bar + 1;
            bar = pattern.indexOf('|', from);
        }
        return matchesOne(pattern.substring(from), text);
    }

    /** Goes back to the last star only, so the time is bounded by the product of both lengths. */
    private static boolean matchesOne(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int restart = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                restart = t;
            } else if (p < pattern.length()
                    && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++restart;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
