package org.patchbay.connectivity.transport;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.BiPredicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/**
 * What a transport may need of its surroundings.
 *
 * @param clientIndex which of the connection's clients this is, from 0
 * @param allowed whether the policy for hosts lets us connect to a host at an address; asked by
 *     {@code Endpoint.resolve} about the address that is really connected to
 * @param connectTimeout after which an attempt to connect is given up by whoever waits for it, so
 *     that nothing of it may stay longer
 * @param detour by which endpoints are reached, null where they are connected to directly
 */
public record ClientContext(
        ActorSystem<?> system,
        int clientIndex,
        BiPredicate<String, InetAddress> allowed,
        Duration connectTimeout,
        LinkEvents events,
        @Nullable Detour detour) {

    /** Of a client that connects directly. */
    public ClientContext(
            ActorSystem<?> system,
            int clientIndex,
            BiPredicate<String, InetAddress> allowed,
            Duration connectTimeout,
            LinkEvents events) {
        this(system, clientIndex, allowed, connectTimeout, events, null);
    }

    /** The same without a detour, for what lies beside the endpoint. */
    public ClientContext directly() {
        return new ClientContext(system, clientIndex, allowed, connectTimeout, events);
    }

    /** The same for a client that takes a detour. */
    public ClientContext by(Detour newDetour, LinkEvents newEvents) {
        return new ClientContext(
                system, clientIndex, allowed, connectTimeout, newEvents, newDetour);
    }
}
