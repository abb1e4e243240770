package org.patchbay.connectivity.mapping.javascript;

import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.ScriptException;
import org.patchbay.connectivity.mapping.ScriptException.Position;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

/** Why a script's result is of no use, in words for who wrote the script. */
final class ScriptFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Position position;

    ScriptFailure(String why) {
        this(why, null);
    }

    /**
     * @param position null where it is not known
     */
    ScriptFailure(String why, @Nullable Position position) {
        super(why, null, false, false);
        this.position = position;
    }

    /** The problem that this failure means to somebody else, with the place in the script. */
    ProblemException as(Problem problem) {
        return position == null ? problem.asException() : new ScriptException(problem, position);
    }
}
