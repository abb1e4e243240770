package org.patchbay.connectivity.mapping.javascript.sandbox;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.EvaluatorException;
import org.patchbay.connectivity.mapping.ScriptException.Position;

/**
 * Ends a script that takes too much. An error, because a script can catch exceptions but no errors.
 */
public final class LimitExceeded extends Error {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Position position;

    public LimitExceeded(String why) {
        super(why, null, false, false);
        position = here();
    }

    /** Where the script was; null where that is not known. */
    public @Nullable Position position() {
        return position;
    }

    /** An exception of Rhino's knows the script's stack, an error of ours does not. */
    private static @Nullable Position here() {
        return Arrays.stream(new EvaluatorException("").getScriptStack())
                .filter(frame -> frame.lineNumber > 0)
                .findFirst()
                .map(frame -> new Position(frame.fileName, frame.lineNumber, 0))
                .orElse(null);
    }
}
