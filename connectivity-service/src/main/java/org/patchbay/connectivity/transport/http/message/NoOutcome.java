package org.patchbay.connectivity.transport.http.message;

import org.patchbay.connectivity.transport.http.wire.Request;

/**
 * A request was taken, and the answer said where its outcome is (303), but that could not be had.
 */
public final class NoOutcome extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Throwable why;

    /**
     * @param taken the request that was taken
     * @param outcome the request for its outcome
     * @param why that was in vain
     */
    public NoOutcome(Request taken, Request outcome, Throwable why) {
        super(
                taken.origin()
                        + " took the message and says where its outcome is (303), at "
                        + outcome.origin()
                        + outcome.path()
                        + ", but it can't be had there: ",
                why,
                false,
                false);
        this.why = why;
    }

    Throwable why() {
        return why;
    }

    /** What is to be followed by why. */
    String description() {
        return String.valueOf(getMessage());
    }
}
