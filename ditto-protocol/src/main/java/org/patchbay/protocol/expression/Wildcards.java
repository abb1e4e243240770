package org.patchbay.protocol.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Patterns in which {@code *} stands for any characters and {@code ?} for one; a text matches where
 * one of them does.
 */
public record Wildcards(List<String> patterns, boolean ignoreCase) {

    /**
     * A pattern may be compared with each place of a text, so its length bounds what a character
     * costs.
     */
    public static final int LENGTH_MAX = 1_000;

    public Wildcards {
        patterns =
                ignoreCase
                        ? patterns.stream().map(p -> p.toLowerCase(Locale.ROOT)).toList()
                        : List.copyOf(patterns);
    }

    public static Wildcards of(String pattern, boolean ignoreCase) {
        return new Wildcards(List.of(pattern), ignoreCase);
    }

    /** Reads {@code one|other}. */
    public static Wildcards alternatives(String patterns) {
        return new Wildcards(Arrays.asList(patterns.split("\\|", -1)), false);
    }

    public boolean matches(String candidate) {
        String text = ignoreCase ? candidate.toLowerCase(Locale.ROOT) : candidate;
        for (String pattern : patterns) {
            if (matches(pattern, text)) {
                return true;
            }
        }
        return false;
    }

    /** Goes back to the last star only, so it takes at most text times pattern steps. */
    private static boolean matches(String pattern, String text) {
        int at = 0;
        int next = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            char wanted = next < pattern.length() ? pattern.charAt(next) : '\0';
            if (next < pattern.length() && wanted == '*') {
                star = next++;
                resume = at;
            } else if (next < pattern.length() && (wanted == '?' || wanted == text.charAt(at))) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '*') {
            next++;
        }
        return next == pattern.length();
    }
}
