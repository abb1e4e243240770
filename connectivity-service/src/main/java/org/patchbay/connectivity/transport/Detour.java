package org.patchbay.connectivity.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** The way to endpoints that are not connected to directly, such as a tunnel. */
@FunctionalInterface
public interface Detour {

    /**
     * Where to connect to instead, in order to reach this host and port; fails with a {@link
     * Failure}. Whoever connects there talks to the endpoint, so that names in certificates and
     * greetings stay the endpoint's.
     */
    CompletionStage<InetSocketAddress> to(String host, int port);
}
