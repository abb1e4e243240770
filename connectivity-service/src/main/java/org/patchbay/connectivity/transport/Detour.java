package org.patchbay.connectivity.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way to endpoints that are not connected to directly, such as a tunnel. */
public interface Detour {

    /**
     * Where to connect to instead, in order to reach this host and port; fails with a {@link
     * Failure}. Whoever connects there talks to the endpoint, so that names in certificates and
     * greetings stay the endpoint's.
     */
    CompletionStage<InetSocketAddress> to(String host, int port);

    /**
     * The same at once, before anybody has tried whether the endpoint can be reached: where it
     * can't, whoever connects is cut off.
     *
     * @throws Failure where the host is blocked, or the detour is gone
     */
    InetSocketAddress towards(String host, int port);

    /** One that is made later, before it is asked. */
    static Detour later(Supplier<? extends @Nullable Detour> made) {
        return new Detour() {
            @Override
            public CompletionStage<InetSocketAddress> to(String host, int port) {
                return there().to(host, port);
            }

            @Override
            public InetSocketAddress towards(String host, int port) {
                return there().towards(host, port);
            }

            private Detour there() {
                Detour there = made.get();
                if (there == null) {
                    throw new IllegalStateException("Connect first.");
                }
                return there;
            }
        };
    }
}
