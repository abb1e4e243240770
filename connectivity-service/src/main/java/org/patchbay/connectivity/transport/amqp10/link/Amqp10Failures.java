package org.patchbay.connectivity.transport.amqp10.link;

import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.jms.InvalidClientIDException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.ResourceAllocationException;
import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.jms.JmsResourceNotFoundException;
import org.apache.qpid.jms.provider.exceptions.ProviderConnectionRedirectedException;
import org.apache.qpid.jms.provider.exceptions.ProviderDeliveryModifiedException;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.TlsFailures;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.protocol.header.Headers;

/** The library's exceptions in our words, and whom to blame. */
public final class Amqp10Failures {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private Amqp10Failures() {}

    /**
     * Why there is no link.
     *
     * @param identified whether the connection has a client certificate to show
     */
    public static Failure connecting(Endpoint endpoint, boolean identified, Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        String why = Reasons.of(cause);
        if (find(JMSSecurityException.class, cause) != null) {
            return Failure.byUser(
                            "The broker at " + endpoint + " refused the credentials: " + why + ".",
                            cause)
                    .in(Layer.AUTHENTICATION);
        }
        if (find(JmsResourceNotFoundException.class, cause) != null
                || find(InvalidClientIDException.class, cause) != null
                || find(ProviderConnectionRedirectedException.class, cause) != null) {
            return Failure.byUser(
                            "The broker at " + endpoint + " refused the connection: " + why + ".",
                            cause)
                    .in(Layer.AUTHENTICATION);
        }
        for (Throwable beside : cause.getSuppressed()) {
            Failure insecure = TlsFailures.of(endpoint, identified, beside);
            if (insecure != null) {
                return insecure;
            }
        }
        return Reasons.isClosed(cause)
                ? Failure.bySystem("The endpoint " + endpoint + " can't be reached: " + why, cause)
                : Unreachable.of(endpoint, identified, cause);
    }

    /** An address that is missing or forbidden is the user's to mend; else the link is gone. */
    public static Failure consuming(String address, Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        if (cause instanceof Failure failure) {
            return failure;
        }
        String why = "The address '" + address + "' can't be consumed: " + Reasons.of(cause) + ".";
        boolean usersFault =
                find(JMSSecurityException.class, cause) != null
                        || find(InvalidDestinationException.class, cause) != null;
        Failure failure = usersFault ? Failure.byUser(why, cause) : Failure.bySystem(why, cause);
        return failure.in(Layer.ADDRESSES);
    }

    public static Failure lost(Endpoint endpoint, Throwable cause) {
        return Failure.bySystem(
                "The connection to " + endpoint + " was lost: " + Reasons.of(cause), cause);
    }

    /**
     * What came of a message that the broker did not accept.
     *
     * @param rejected whether it said so of the message itself
     */
    static PublishResult publishing(String address, boolean rejected, Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        if (cause instanceof IllegalArgumentException) {
            return result(BAD_REQUEST, "The message can't be written: " + cause.getMessage() + ".");
        }
        String why = Reasons.of(cause);
        return result(
                status(rejected, cause),
                find(ResourceAllocationException.class, cause) == null
                        ? "The broker did not take the message to '" + address + "': " + why
                        : "The broker has no room for the message to '"
                                + address
                                + "', empty or enlarge the address: "
                                + why);
    }

    /** What a link can't do whose broker has given no credit for an address for a while. */
    static String stopped(String address) {
        return "The broker takes no messages for '"
                + address
                + "' now, they wait: "
                + Reasons.NO_CREDIT
                + ".";
    }

    private static int status(boolean rejected, Throwable cause) {
        if (find(JMSSecurityException.class, cause) != null) {
            return FORBIDDEN;
        }
        if (find(InvalidDestinationException.class, cause) != null) {
            return NOT_FOUND;
        }
        if (find(ResourceAllocationException.class, cause) != null) {
            return UNAVAILABLE;
        }
        ProviderDeliveryModifiedException modified =
                find(ProviderDeliveryModifiedException.class, cause);
        boolean never = modified == null ? rejected : modified.isUndeliverableHere();
        return never ? BAD_REQUEST : UNAVAILABLE;
    }

    private static PublishResult result(int status, String message) {
        return new PublishResult(status, Headers.EMPTY, TextNode.valueOf(message));
    }

    static PublishResult closed() {
        return result(UNAVAILABLE, "The message was not published: the link is closed.");
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable thrown) {
        List<Throwable> seen = new ArrayList<>();
        for (Throwable at = thrown; at != null && !seen.contains(at); at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            seen.add(at);
        }
        return null;
    }
}
