package org.patchbay.connectivity.transport.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.connectivity.transport.kafka.consuming.MissingTopic;

/** The library's exceptions in our words, and whom to blame. */
final class KafkaFailures {

    private KafkaFailures() {}

    /**
     * @param endpoint that answered on TCP
     * @param identified whether the connection has a client certificate to show
     */
    static Failure asking(Endpoint endpoint, boolean identified, Throwable thrown) {
        Throwable cause = Unreachable.unwrapped(thrown);
        if (cause instanceof SslAuthenticationException) {
            return Unreachable.of(endpoint, identified, cause);
        }
        if (cause instanceof AuthenticationException) {
            return unauthenticated(endpoint, cause);
        }
        if (cause instanceof TimeoutException) {
            return Failure.bySystem(
                            "The broker at "
                                    + endpoint
                                    + " did not answer in time as Kafka does: it may want TLS (ssl)"
                                    + " or none (tcp), or a user, or is not ready yet.",
                            cause)
                    .in(Layer.AUTHENTICATION);
        }
        if (cause instanceof AuthorizationException) {
            return Failure.byUser(
                            "The broker at "
                                    + endpoint
                                    + " refused: "
                                    + Unreachable.rootMessage(cause),
                            cause)
                    .in(Layer.AUTHENTICATION);
        }
        return Unreachable.of(endpoint, identified, cause);
    }

    /** A broker names another one that may not be reached. */
    static Failure named(Endpoint by, Failure why) {
        Failure failure =
                Failure.byUser(
                        "The broker at " + by + " names another one. " + why.description(), why);
        return why.layer() == null ? failure : failure.in(why.layer());
    }

    /** All brokers have names that nobody here knows. */
    static Failure unresolved(Collection<Endpoint> brokers) {
        return Failure.bySystem(
                        "The brokers call themselves "
                                + String.join(", ", brokers.stream().map(Endpoint::host).toList())
                                + ", and none of these names can be resolved: set their"
                                + " advertised.listeners to names known here.",
                        null)
                .in(Layer.NAME_RESOLUTION);
    }

    private static Failure unauthenticated(Endpoint endpoint, Throwable cause) {
        return Failure.byUser(
                        "The broker at "
                                + endpoint
                                + " refused the credentials: it knows no such user, not with this"
                                + " password, or not by this saslMechanism.",
                        cause)
                .in(Layer.AUTHENTICATION);
    }

    /** Why nothing can be published any more. */
    static Failure publishing(Endpoint endpoint, Throwable thrown) {
        Throwable cause = telling(Unreachable.unwrapped(thrown));
        return cause instanceof ClusterAuthorizationException
                ? byUser(
                        "The broker at "
                                + endpoint
                                + " lets the user publish nothing: allow it to write to the topics"
                                + " of the targets.",
                        cause)
                : asking(endpoint, false, cause);
    }

    /** Topics or a group that are missing or forbidden are the user's to mend. */
    static Failure consuming(
            Endpoint endpoint, Collection<String> topics, String groupId, Throwable thrown) {
        Throwable cause = telling(Unreachable.unwrapped(thrown));
        return switch (cause) {
            case Failure failure -> failure;
            case AuthenticationException refused -> asking(endpoint, false, refused);
            case TopicAuthorizationException refused ->
                    forbiddenTopics(or(refused.unauthorizedTopics(), topics), cause);
            case GroupAuthorizationException _ -> forbiddenGroup(groupId, cause);
            case InvalidGroupIdException _ ->
                    byUser("The groupId '" + groupId + "' can't be one.", cause);
            case InvalidTopicException invalid ->
                    byUser(
                            "Can't be topics: "
                                    + String.join(", ", or(invalid.invalidTopics(), topics))
                                    + ".",
                            cause);
            case MissingTopic missing -> unknownTopics(List.of(missing.topic()));
            case UnknownTopicOrPartitionException _ -> unknownTopics(topics);
            case InconsistentGroupProtocolException _ ->
                    byUser(
                            "The group '"
                                    + groupId
                                    + "' has members that share partitions out in another way"
                                    + " (not cooperative-sticky): end them, or choose another"
                                    + " groupId.",
                            cause);
            case AuthorizationException _ ->
                    byUser(
                            "Consuming "
                                    + String.join(", ", topics)
                                    + " is not allowed: "
                                    + Unreachable.rootMessage(cause),
                            cause);
            default ->
                    Failure.bySystem(
                                    "Consuming "
                                            + String.join(", ", topics)
                                            + " failed: "
                                            + Unreachable.rootMessage(cause),
                                    cause)
                            .in(Layer.ADDRESSES);
        };
    }

    /** What a callback of the library threw comes wrapped. */
    private static Throwable telling(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getClass() == KafkaException.class && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Collection<String> or(
            @Nullable Set<String> named, Collection<String> otherwise) {
        return named == null || named.isEmpty() ? otherwise : named;
    }

    static Failure forbiddenTopics(Collection<String> topics, @Nullable Throwable cause) {
        return byUser(
                "The user may not read, or there are not: the topics "
                        + String.join(", ", topics)
                        + ".",
                cause);
    }

    static Failure forbiddenGroup(String groupId, @Nullable Throwable cause) {
        return byUser(
                "The user may not use the group '"
                        + groupId
                        + "': allow it, or name another one as groupId.",
                cause);
    }

    private static Failure unknownTopics(Collection<String> topics) {
        return byUser(
                "There are no such topics, and the broker does not make them: "
                        + String.join(", ", topics)
                        + ".",
                null);
    }

    private static Failure byUser(String words, @Nullable Throwable cause) {
        return Failure.byUser(words, cause).in(Layer.ADDRESSES);
    }
}
