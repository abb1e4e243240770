package org.patchbay.gateway.websocket.session;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.label.AckLabels;
import org.patchbay.cluster.subscription.Subscription;
import org.patchbay.gateway.authentication.Admission;
import org.patchbay.gateway.websocket.message.Topic;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.Signal;

/**
 * What a session is told, by its socket, by itself and by who ends it; beside that, what the bus
 * publishes.
 */
public sealed interface SessionMessage {

    /** The socket is open. */
    record Connected() implements SessionMessage {}

    /** It has not been opened, for a long time. */
    record NeverConnected() implements SessionMessage {}

    /** It is closed, by the client or by the network. */
    record Disconnected() implements SessionMessage {}

    /**
     * A message of the client.
     *
     * @param text as it came, empty where it was not taken in
     * @param refusal why it is not looked into, null where it is
     * @param taken completes when the next one may come
     */
    record Message(String text, @Nullable Problem refusal, CompletableFuture<Done> taken)
            implements SessionMessage {}

    /** The declared labels are this session's, or why they are not. */
    record Declared(AckLabels.@Nullable Declared labels, @Nullable Throwable failure)
            implements SessionMessage {}

    /**
     * The bus knows of a change of what is subscribed to.
     *
     * @param subscription null where it was ended
     */
    record Subscribed(Topic topic, @Nullable Subscription subscription) implements SessionMessage {}

    /** A message is handled as far as order and bounds are concerned. */
    record Handled() implements SessionMessage {}

    /** What a request came to, null where its sender is told nothing. */
    record Answered(@Nullable Signal answer, boolean waited) implements SessionMessage {}

    /** What came of a new token, null where it could not be looked at. */
    record Renewed(@Nullable Admission admission) implements SessionMessage {}

    /** The token counts no longer. */
    record Expired() implements SessionMessage {}

    /** More is published for it than it can look at. */
    record Overrun() implements SessionMessage {}

    /** The session ends, and the client is told why. */
    record End(Problem why) implements SessionMessage {}
}
