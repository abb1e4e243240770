package org.patchbay.connectivity.mapping;

import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

/** A script failed, and it is known where. */
public final class ScriptException extends ProblemException {
    private static final long serialVersionUID = 1L;

    private final transient Position position;

    /**
     * Where in a script.
     *
     * @param script the option it stands in
     * @param line from 1
     * @param column from 1, 0 where it is not known
     */
    public record Position(String script, int line, int column) {}

    public ScriptException(Problem problem, Position position) {
        super(problem);
        this.position = position;
    }

    public Position position() {
        return position;
    }
}
