package org.patchbay.connectivity.transport.kafka.way;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Node;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brokers are connected to at the addresses of their names. */
final class DirectWay implements Way {

    private static final Logger LOG = LoggerFactory.getLogger(DirectWay.class);

    private final ClientContext context;
    private final Endpoint like;

    /** Those that are being connected. Guarded by this. */
    private final Set<Socket> trying = new HashSet<>();

    /** Guarded by this. */
    private boolean givenUp;

    DirectWay(ClientContext context, Endpoint like) {
        this.context = context;
        this.like = like;
    }

    @Override
    public CompletionStage<List<InetSocketAddress>> resolve(Endpoint broker) {
        return broker.resolveAll(context);
    }

    @Override
    public void connect(Endpoint broker, InetSocketAddress address, Duration limit)
            throws IOException {
        try (Socket socket = new Socket()) {
            begin(socket);
            try {
                socket.connect(address, (int) limit.toMillis());
            } finally {
                end(socket);
            }
        }
    }

    private synchronized void begin(Socket socket) throws IOException {
        if (givenUp) {
            throw new SocketException("it was given up");
        }
        trying.add(socket);
    }

    private synchronized void end(Socket socket) {
        trying.remove(socket);
    }

    @Override
    public synchronized void giveUp() {
        givenUp = true;
        for (Socket socket : trying) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.trace("It is as good as closed.", e);
            }
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
