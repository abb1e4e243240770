package org.patchbay.connectivity.transport.endpoint;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;

/** Why an endpoint could not be connected to, as far as that is the same for all transports. */
public final class Unreachable {

    private Unreachable() {}

    /**
     * The failure that lies in the exception: one of ours, a check of TLS, or that nobody answers.
     *
     * @param identified whether the connection has a client certificate to show
     */
    public static Failure of(Endpoint endpoint, boolean identified, Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof Failure failure) {
            return failure;
        }
        Failure insecure = TlsFailures.of(endpoint, identified, cause);
        if (insecure != null) {
            return insecure;
        }
        Failure failure =
                Failure.bySystem(
                        "The endpoint " + endpoint + " can't be reached: " + rootMessage(cause),
                        cause);
        for (Throwable one = cause; one != null; one = one.getCause()) {
            if (one instanceof ConnectException || one instanceof NoRouteToHostException) {
                return failure.in(Layer.TCP);
            }
        }
        return failure;
    }

    /** What a future failed with. */
    public static Throwable unwrapped(Throwable thrown) {
        boolean wrapped =
                thrown instanceof CompletionException || thrown instanceof ExecutionException;
        return wrapped && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** What the innermost cause says, or what it is. */
    public static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root.getMessage() != null) {
            return root.getMessage();
        }
        return root instanceof TimeoutException
                ? "it did not answer in time"
                : root.getClass().getSimpleName();
    }
}
