package org.patchbay.protocol;

import org.patchbay.protocol.header.Headers;

/**
 * Carries a {@link Problem} through code that can only throw; has no stack trace of its own. Who
 * throws may know more than a problem holds, and say it in a type of his own.
 */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Headers headers;

    public ProblemException(Problem problem) {
        this(problem, Headers.EMPTY);
    }

    /**
     * With the headers of what went wrong, as far as they were read: the answer's correlation id.
     */
    public ProblemException(Problem problem, Headers headers) {
        super(problem.message(), null, false, false);
        this.problem = problem;
        this.headers = headers;
    }

    public Headers headers() {
        return headers;
    }

    public Problem problem() {
        return problem;
    }
}
