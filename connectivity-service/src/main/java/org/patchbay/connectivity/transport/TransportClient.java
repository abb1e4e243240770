package org.patchbay.connectivity.transport;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.patchbay.connectivity.model.Source;

/**
 * One link to a broker. Used by one client actor, which connects, consumes and closes in this order
 * and makes a new client after a loss.
 */
public interface TransportClient {

    /** Connects once; fails with a {@link Failure}. */
    CompletionStage<Done> connect();

    /**
     * The messages of one source, to be taken once, subscribed when the stream starts. The
     * materialized stage completes when the broker has granted the subscription and fails with a
     * {@link Failure} where it refused. The stream fails when the link is lost; it asks the broker
     * for no more than what has been taken out of it and not settled, within the transport's bound.
     */
    org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(Source source);

    /**
     * Publishes one message; the stage completes when the broker has taken responsibility, as the
     * QoS demands, or has not: it never fails, the result's status tells.
     */
    CompletionStage<PublishResult> publish(Outbound message);

    /**
     * How many messages may be published without an answer before further ones have to wait inside
     * of the client; asked when it is connected. Those who publish share it, so that what one of
     * them can't get rid of leaves room for the others.
     */
    default int publishWindow() {
        return Integer.MAX_VALUE;
    }

    /** Stops consuming, lets what is settled reach the broker and ends the link; idempotent. */
    CompletionStage<Done> close();
}
