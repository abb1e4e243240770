package org.patchbay.connectivity.transport.kafka.way;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/** Brokers are connected to at the addresses of their names. */
record DirectWay(ClientContext context, Endpoint like) implements Way {

    @Override
    public CompletionStage<List<InetSocketAddress>> resolve(Endpoint broker) {
        return broker.resolveAll(context);
    }

    @Override
    public void connect(Endpoint broker, InetSocketAddress address, Duration limit)
            throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) limit.toMillis());
        }
    }

    @Override
    public Endpoint named(Node node) {
        return like.at(node.host(), node.port());
    }

    @Override
    public List<Endpoint> told() {
        return List.of();
    }

    @Override
    public CompletionStage<List<InetSocketAddress>> look(Endpoint broker) {
        return resolve(broker);
    }

    @Override
    public @Nullable Engines engines(
            @Nullable Engines tls, Map<Endpoint, List<InetSocketAddress>> addresses) {
        if (tls == null) {
            return null;
        }
        Map<InetSocketAddress, String> names = new HashMap<>();
        addresses.forEach((server, known) ->
                known.forEach(one -> names.putIfAbsent(unresolved(one), server.host())));
        return (host, port) -> {
            InetSocketAddress at = InetSocketAddress.createUnresolved(host, port);
            return tls.to(names.getOrDefault(at, host), port);
        };
    }

    private static InetSocketAddress unresolved(InetSocketAddress address) {
        return InetSocketAddress.createUnresolved(
                address.getAddress().getHostAddress(), address.getPort());
    }
}
