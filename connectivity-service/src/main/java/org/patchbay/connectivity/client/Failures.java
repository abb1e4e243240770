package org.patchbay.connectivity.client;

import java.util.concurrent.CompletionException;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

/** Why a client is not open: from what was thrown, and as an answer. */
public final class Failures {

    private Failures() {}

    /** How a failure is answered to who wanted the connection open. */
    public static Problem notConnected(Failure failure) {
        return Problem.of(
                        504,
                        "connectivity:connection.failed",
                        "The connection could not be opened: " + failure.description())
                .describedBy("Check the endpoint, the credentials and the addresses.");
    }

    /** The failure behind whatever was thrown. */
    public static Failure of(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case Failure failure -> failure;
            case ProblemException e -> Failure.byUser(e.problem().message(), e);
            default -> Failure.bySystem(String.valueOf(cause.getMessage()), cause);
        };
    }
}
