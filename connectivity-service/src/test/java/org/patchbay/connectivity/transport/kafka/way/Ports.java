package org.patchbay.connectivity.transport.kafka.way;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.patchbay.connectivity.transport.Detour;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/** A detour whose n-th destination begins at port n; what is called blocked is. */
final class Ports implements Detour {

    private final List<String> known = new CopyOnWriteArrayList<>();

    static Brokers brokers() {
        return new Brokers(new Ports(), new Endpoint("tcp", "first", 9092, null, null));
    }

    @Override
    public CompletionStage<InetSocketAddress> to(String host, int port) {
        return CompletableFuture.completedFuture(towards(host, port));
    }

    @Override
    public InetSocketAddress towards(String host, int port) {
        if (host.equals("blocked")) {
            throw Failure.byUser("The host is blocked.", null);
        }
        String destination = host + ":" + port;
        if (!known.contains(destination)) {
            known.add(destination);
        }
        return new InetSocketAddress(
                InetAddress.ofLiteral("127.0.0.1"), known.indexOf(destination) + 1);
    }
}
