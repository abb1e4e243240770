package org.patchbay.connectivity.transport.kafka.way;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.patchbay.connectivity.transport.Detour;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/** What the library is told of brokers that are reached by a detour, and which it means by that. */
final class Brokers {

    /** The host of those that may not be reached; nobody can have that name. */
    private static final String BLOCKED = "blocked.invalid";

    private final Detour detour;
    private final Endpoint like;

    /** By the port at which their detour begins. */
    private final Map<Integer, Endpoint> reached = new ConcurrentHashMap<>();

    /** By their own ports. */
    private final Map<Integer, Endpoint> blocked = new ConcurrentHashMap<>();

    /** What the library is told of a broker. */
    record Told(String host, int port) {}

    Brokers(Detour detour, Endpoint like) {
        this.detour = detour;
        this.like = like;
    }

    /**
     * Where the detour to a broker begins.
     *
     * @throws Failure where the broker may not be reached
     */
    InetSocketAddress address(Endpoint broker) {
        InetSocketAddress address = detour.towards(broker.host(), broker.port());
        reached.put(address.getPort(), broker);
        return address;
    }

    /** The same in place of what a broker says of this one; never fails. */
    Told tell(String host, int port) {
        Endpoint broker = like.at(host, port);
        try {
            InetSocketAddress address = address(broker);
            return new Told(address.getAddress().getHostAddress(), address.getPort());
        } catch (Failure refused) {
            blocked.put(port, broker);
            return new Told(BLOCKED, port);
        }
    }

    /** All that the library was told of. */
    Set<Endpoint> told() {
        Set<Endpoint> told = new LinkedHashSet<>(blocked.values());
        told.addAll(reached.values());
        return told;
    }

    /** The one that the library was told so of. */
    Endpoint named(String host, int port) {
        Endpoint broker = host.equals(BLOCKED) ? blocked.get(port) : reached.get(port);
        if (broker == null) {
            throw new IllegalStateException("No detour begins at " + host + ":" + port + ".");
        }
        return broker;
    }
}
