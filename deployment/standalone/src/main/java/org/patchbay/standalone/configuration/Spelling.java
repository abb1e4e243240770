package org.patchbay.standalone.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Spelling {

    private Spelling() {}

    /** The name that is nearest to what was written, if any is near at all. */
    static Optional<String> nearest(String written, Collection<String> names) {
        int far = Math.max(2, written.length() / 5);
        return names.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= far)
                .filter(name -> distance(written, name) <= far)
                .min(
                        Comparator.comparingInt((String name) -> distance(written, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters are to be put in, left out or changed. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
