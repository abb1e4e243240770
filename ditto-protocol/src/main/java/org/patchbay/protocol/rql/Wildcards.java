package org.patchbay.protocol.rql;

import java.util.Locale;

/**
 * A pattern of {@code like}: {@code *} stands for any characters, {@code ?} for one. Matches in
 * time proportional to text times pattern, whatever they hold.
 */
record Wildcards(String pattern, boolean ignoreCase) {

    Wildcards {
        pattern = ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
    }

    boolean matches(String candidate) {
        String text = ignoreCase ? candidate.toLowerCase(Locale.ROOT) : candidate;
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
