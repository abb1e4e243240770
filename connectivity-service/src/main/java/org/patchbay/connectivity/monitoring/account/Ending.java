package org.patchbay.connectivity.monitoring.account;

import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.Problem;

/**
 * How the way of one message ended, for those who want to know more than the reason.
 *
 * @param code the error's code, where there is one
 * @param text what happened, a sentence
 */
public record Ending(Reason reason, @Nullable String code, String text) {

    public static final Ending DONE = new Ending(Reason.DONE, null, "It got where it should.");

    public static Ending of(Reason reason, String text) {
        return new Ending(reason, null, text);
    }

    public static Ending of(Reason reason, Problem problem) {
        String text = problem.message();
        return new Ending(
                reason,
                problem.code(),
                problem.description() == null ? text : text + " " + problem.description());
    }

    /** The one that counts where a message came to several ends; the first of two equally bad. */
    public static Ending worse(Ending one, Ending other) {
        return badness(other) > badness(one) ? other : one;
    }

    private static int badness(Ending ending) {
        return switch (ending.reason().outcome()) {
            case DONE -> 0;
            case FILTERED -> 1;
            case DROPPED -> 2;
            case FAILED -> ending.reason().mayPass() ? 4 : 3;
        };
    }
}
