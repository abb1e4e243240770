package org.patchbay.connectivity.transport.kafka.way;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Detour;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/** How a link gets to the brokers. */
public interface Way {

    /**
     * The one that a client takes.
     *
     * @param like how all brokers are reached
     */
    static Way of(ClientContext context, Endpoint like) {
        Detour detour = context.detour();
        return detour == null ? new DirectWay(context, like) : new DetourWay(detour, like);
    }

    /**
     * What to connect to in order to reach a broker that the connection names; fails with a {@link
     * Failure}, which blames the user where the broker may not be reached.
     */
    CompletionStage<List<InetSocketAddress>> resolve(Endpoint broker);

    /**
     * Tries whether the broker takes a connection; blocks.
     *
     * @param address one of those that it was found to have
     * @throws Failure where it is known why it does not
     */
    void connect(Endpoint broker, InetSocketAddress address, Duration limit) throws IOException;

    /** Ends what {@link #connect} tries, for good. */
    void giveUp();

    /** The broker that the library knows as this node. */
    Endpoint named(Node node);

    /**
     * The brokers of which the library was told something else than they say: it may have gone to
     * one of them without an answer, and does not tell to which.
     */
    Collection<Endpoint> told();

    /** As {@link #resolve}, for a broker that another one has named, and which may be anywhere. */
    CompletionStage<List<InetSocketAddress>> look(Endpoint broker);

    /**
     * The engines that the library is to put between itself and its sockets; null for none.
     *
     * @param tls makes those that encrypt, by the name of the broker; null where nothing is
     *     encrypted
     * @param addresses that the servers of the connection were found to have
     */
    @Nullable Engines engines(
            @Nullable Engines tls, Map<Endpoint, List<InetSocketAddress>> addresses);
}
