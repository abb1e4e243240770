package org.patchbay.connectivity.transport.amqp091;

import com.fasterxml.jackson.databind.node.TextNode;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.protocol.header.Headers;

/** The library's exceptions in our words, and whom to blame. */
final class Amqp091Failures {

    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private Amqp091Failures() {}

    /**
     * @param identified whether the connection has a client certificate to show
     */
    static Failure connecting(Endpoint endpoint, boolean identified, Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        if (cause instanceof AuthenticationFailureException
                || cause instanceof PossibleAuthenticationFailureException) {
            return Failure.byUser(
                            "The broker at "
                                    + endpoint
                                    + " refused the credentials: it knows no such user, not with"
                                    + " this password, or not from here.",
                            cause)
                    .in(Layer.AUTHENTICATION);
        }
        Close close = Close.in(cause);
        if (close != null) {
            String words =
                    "The broker at " + endpoint + " refused the connection: " + close.text() + ".";
            return (close.isUsersFault()
                            ? Failure.byUser(words, cause)
                            : Failure.bySystem(words, cause))
                    .in(Layer.AUTHENTICATION);
        }
        return Unreachable.of(endpoint, identified, cause);
    }

    /** A queue that is missing or forbidden is the user's to mend; else the link is gone. */
    static Failure consuming(String queue, Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        if (cause instanceof Failure failure) {
            return failure;
        }
        Close close = Close.in(cause);
        return close != null && close.isUsersFault()
                ? Failure.byUser(
                                "The queue '"
                                        + queue
                                        + "' can't be consumed: "
                                        + close.text()
                                        + ".",
                                cause)
                        .in(Layer.ADDRESSES)
                : Failure.bySystem(
                                "Consuming '"
                                        + queue
                                        + "' failed: "
                                        + Unreachable.rootMessage(cause),
                                cause)
                        .in(Layer.ADDRESSES);
    }

    /** It does not say why. */
    static Failure cancelled(String queue) {
        return Failure.bySystem(
                "The broker ended the consumption of '"
                        + queue
                        + "', as when the queue was deleted or is not available.",
                null);
    }

    /** By closing the channel over which all of the queues are consumed. */
    static Failure ended(List<String> queues, ShutdownSignalException cause) {
        String names = String.join("', '", queues);
        return Failure.bySystem(
                "The broker ended the consumption of '" + names + "': " + why(cause) + ".", cause);
    }

    static Failure lost(Endpoint endpoint, ShutdownSignalException cause) {
        return Failure.bySystem(
                "The connection to " + endpoint + " was lost: " + why(cause), cause);
    }

    private static String why(ShutdownSignalException cause) {
        Close close = Close.in(cause);
        return close == null ? Unreachable.rootMessage(cause) : close.text();
    }

    static PublishResult publishing(Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        if (cause instanceof IllegalArgumentException) {
            return result(BAD_REQUEST, "The message can't be written: " + cause.getMessage() + ".");
        }
        Close close = Close.in(cause);
        return close != null
                        && (close.code() == AMQP.NOT_FOUND || close.code() == AMQP.ACCESS_REFUSED)
                ? result(close.code(), "The broker refused the message: " + close.text() + ".")
                : result(
                        UNAVAILABLE,
                        "The message was not published: " + Unreachable.rootMessage(cause));
    }

    static PublishResult result(int status, String message) {
        return new PublishResult(status, Headers.EMPTY, TextNode.valueOf(message));
    }

    /** Why a broker closed a channel or a connection. */
    private record Close(int code, String text) {

        /** Null where nobody said why. */
        static @Nullable Close in(Throwable thrown) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause instanceof ShutdownSignalException signal) {
                    return switch (signal.getReason()) {
                        case AMQP.Channel.Close close ->
                                new Close(close.getReplyCode(), close.getReplyText());
                        case AMQP.Connection.Close close ->
                                new Close(close.getReplyCode(), close.getReplyText());
                        case null, default -> null;
                    };
                }
            }
            return null;
        }

        boolean isUsersFault() {
            return switch (code) {
                case AMQP.NOT_FOUND,
                        AMQP.ACCESS_REFUSED,
                        AMQP.RESOURCE_LOCKED,
                        AMQP.PRECONDITION_FAILED,
                        AMQP.INVALID_PATH,
                        AMQP.NOT_ALLOWED,
                        AMQP.NOT_IMPLEMENTED ->
                        true;
                default -> false;
            };
        }
    }
}
