package org.patchbay.connectivity.transport.kafka.publishing;

import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.protocol.header.Headers;

/** What a message is acknowledged with that was not published: 5xx where it may be taken later. */
public final class Results {

    public static final PublishResult CLOSED =
            of(503, "The message was not published: the link is closed.");

    private static final int UNAVAILABLE = 503;

    private Results() {}

    static PublishResult of(Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        int status = status(cause);
        return of(
                status,
                (status == UNAVAILABLE
                                ? "The message was not published: "
                                : "The broker refused the message: ")
                        + Unreachable.rootMessage(cause));
    }

    /**
     * Whether it is not about the message: from then on the library refuses each one, until another
     * producer is made.
     */
    static boolean isOfProducer(Throwable failure) {
        return switch (failure) {
            case AuthenticationException _,
                    ClusterAuthorizationException _,
                    TransactionalIdAuthorizationException _,
                    ProducerFencedException _,
                    UnsupportedVersionException _ ->
                    true;
            case KafkaException wrapped
                    when wrapped.getClass() == KafkaException.class && wrapped.getCause() != null ->
                    isOfProducer(wrapped.getCause());
            default -> false;
        };
    }

    private static int status(Throwable cause) {
        if (isOfProducer(cause)) {
            // The link is made anew, and then it may be taken.
            return UNAVAILABLE;
        }
        return switch (cause) {
            case RecordTooLargeException _ -> 413;
            case AuthorizationException _ -> 403;
            case UnknownTopicOrPartitionException _ -> 404;
            case TimeoutException late
                    when late.getCause() instanceof UnknownTopicOrPartitionException ->
                    404;
            case RetriableException _, OutOfOrderSequenceException _ -> UNAVAILABLE;
            case InvalidTopicException _, SerializationException _ -> 400;
            case ApiException _ -> 400;
            case KafkaException wrapped
                    when wrapped.getClass() == KafkaException.class && wrapped.getCause() != null ->
                    status(wrapped.getCause());
            default -> UNAVAILABLE;
        };
    }

    static PublishResult of(int status, String message) {
        return new PublishResult(status, Headers.EMPTY, TextNode.valueOf(message));
    }
}
