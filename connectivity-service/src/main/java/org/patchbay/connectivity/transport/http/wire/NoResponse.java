package org.patchbay.connectivity.transport.http.wire;

import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Failure;

/** A request that was not answered. */
public final class NoResponse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How far it got. */
    public enum Progress {
        /** Nothing of it was sent. */
        NOT_SENT,
        /** Some or all of it was sent; nobody knows what came of it. */
        SENT,
        /** It was sent, and the time for its answer is over. */
        TOO_SLOW
    }

    private final Progress progress;

    private NoResponse(Progress progress, String words, @Nullable Throwable cause) {
        super(words, cause, false, false);
        this.progress = progress;
    }

    /** There is no connection to send it over. */
    static NoResponse notConnected(Failure why) {
        return new NoResponse(Progress.NOT_SENT, why.description(), why);
    }

    /** It has not even been tried. */
    static NoResponse notTaken(String words) {
        return new NoResponse(Progress.NOT_SENT, words, null);
    }

    /**
     * The connection was lost before the answer was complete.
     *
     * @param sent whether anything of the request may have arrived
     */
    static NoResponse lost(boolean sent, Failure why) {
        return new NoResponse(sent ? Progress.SENT : Progress.NOT_SENT, why.description(), why);
    }

    static NoResponse tooSlow(Origin origin, long afterMs) {
        return new NoResponse(
                Progress.TOO_SLOW, origin + " did not answer within " + afterMs + " ms.", null);
    }

    public Progress progress() {
        return progress;
    }

    public String description() {
        return String.valueOf(getMessage());
    }
}
