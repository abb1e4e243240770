package org.patchbay.connectivity.model.problems;

import org.patchbay.protocol.Problem;

/**
 * One thing that is wrong.
 *
 * @param code the error code, as Ditto has it
 * @param pointer where in the connection's JSON
 * @param what is wrong, a sentence
 * @param allowed what would be right, a sentence
 */
public record Finding(String code, String pointer, String what, String allowed) {

    /** The finding that a problem means at this place. */
    public static Finding of(String pointer, Problem problem) {
        String allowed = problem.description() == null ? "" : problem.description();
        return new Finding(problem.code(), pointer, problem.message(), allowed);
    }

    String sentence() {
        return pointer + ": " + what;
    }

    String advice() {
        return (sentence() + " " + allowed).strip();
    }
}
