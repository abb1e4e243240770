package org.patchbay.connectivity.model.problems;

import org.patchbay.protocol.Problem;

/**
 * One thing that is wrong. Texts are cut where they are too long to be read, for they may quote
 * what somebody sent.
 *
 * @param code the error code, as Ditto has it
 * @param pointer where in the connection's JSON
 * @param what is wrong, a sentence
 * @param allowed what would be right, a sentence
 */
public record Finding(String code, String pointer, String what, String allowed) {

    private static final int CHARACTERS_MAX = 500;

    public Finding {
        pointer = cut(pointer);
        what = cut(what);
        allowed = cut(allowed);
    }

    /** The finding that a problem means at this place. */
    public static Finding of(String pointer, Problem problem) {
        String allowed = problem.description() == null ? "" : problem.description();
        return new Finding(problem.code(), pointer, problem.message(), allowed);
    }

    /** The pointer of a field whose name may be anything. */
    public static String at(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    String sentence() {
        return pointer + ": " + what;
    }

    String advice() {
        return (sentence() + " " + allowed).strip();
    }

    /** Cuts out of the middle: what is wrong is often told at the end. */
    private static String cut(String text) {
        int half = CHARACTERS_MAX / 2;
        return text.length() <= CHARACTERS_MAX
                ? text
                : whole(text.substring(0, half)) + " … " + text.substring(text.length() - half);
    }

    /** Without the first half of a character that needs two. */
    private static String whole(String text) {
        return Character.isHighSurrogate(text.charAt(text.length() - 1))
                ? text.substring(0, text.length() - 1)
                : text;
    }
}
