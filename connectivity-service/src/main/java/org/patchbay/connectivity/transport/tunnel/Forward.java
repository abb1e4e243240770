package org.patchbay.connectivity.transport.tunnel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A port of this machine, open to this machine only, that leads through a session to one
 * destination: each connection to it goes over a channel of its own.
 *
 * <p>The first channel is opened ahead of its connection, because only then a refusal has somebody
 * to be told to: whoever has connected to a port of this machine merely sees it close.
 */
final class Forward {

    private static final Logger LOG = LoggerFactory.getLogger(Forward.class);

    private final ClientSession session;
    private final ServerSocket listener;
    private final SshdSocketAddress destination;
    private final TunnelFailures failures;
    private final Runnable beforeCut;
    private final Set<Carriage> carriages = ConcurrentHashMap.newKeySet();

    /** Opened, and waiting for a connection. */
    private final AtomicReference<@Nullable ChannelDirectTcpip> ahead = new AtomicReference<>();

    /** Why the last connection was not made; empty where it was. */
    private volatile String told = "";

    private Forward(
            ClientSession session,
            ServerSocket listener,
            SshdSocketAddress destination,
            TunnelFailures failures,
            Runnable beforeCut) {
        this.session = session;
        this.listener = listener;
        this.destination = destination;
        this.failures = failures;
        this.beforeCut = beforeCut;
    }

    /**
     * @param beforeCut called before a connection is cut because its channel ended
     */
    static Forward opened(
            ClientSession session,
            String host,
            int port,
            TunnelFailures failures,
            Runnable beforeCut)
            throws IOException {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        Forward forward =
                new Forward(
                        session,
                        new ServerSocket(0, 50, here),
                        new SshdSocketAddress(host, port),
                        failures,
                        beforeCut);
        Tunnels.THREADS.execute(forward::accept);
        return forward;
    }

    /** Where to connect to. */
    InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Opens a channel for the next connection, unless there is one. */
    void prepare() throws IOException {
        if (isUsable(ahead.get())) {
            return;
        }
        ChannelDirectTcpip former = ahead.getAndSet(channel());
        if (former != null) {
            former.close(false);
        }
    }

    private static boolean isUsable(@Nullable ChannelDirectTcpip channel) {
        return channel != null && channel.isOpen() && !channel.isEofSignalled();
    }

    private ChannelDirectTcpip channel() throws IOException {
        var from = new SshdSocketAddress("127.0.0.1", listener.getLocalPort());
        ChannelDirectTcpip channel = session.createDirectTcpipChannel(from, destination);
        channel.open().verify(failures.limit());
        return channel;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Tunnels.THREADS.execute(() -> carry(socket));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    // Out of files, for instance: who waits to be accepted would wait for ever.
                    session.exceptionCaught(e);
                    return;
                }
            }
        }
    }

    private void carry(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            ChannelDirectTcpip prepared = ahead.getAndSet(null);
            Carriage carriage =
                    new Carriage(
                            socket,
                            prepared != null && isUsable(prepared) ? prepared : channel(),
                            beforeCut);
            carriages.add(carriage);
            told = "";
            carriage.run();
            carriages.remove(carriage);
        } catch (IOException e) {
            tell(failures.forwarding(destination.toString(), e).description());
            beforeCut.run();
            Carriage.closeQuietly(socket);
        }
    }

    /** A client tries again and again, so that the same once more is no news. */
    private void tell(String reason) {
        Level level = reason.equals(told) ? Level.DEBUG : Level.WARN;
        told = reason;
        LOG.atLevel(level)
                .addKeyValue("server", session.getConnectAddress())
                .addKeyValue("destination", destination)
                .addKeyValue("reason", reason)
                .log("A connection through a tunnel was not made.");
    }

    /** Takes no more connections; completes when those that there are have ended. */
    CompletionStage<Done> close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.trace("It takes no connections already.", e);
        }
        ChannelDirectTcpip unused = ahead.getAndSet(null);
        if (unused != null) {
            unused.close(false);
        }
        CompletableFuture<?>[] ended =
                carriages.stream().map(Carriage::ended).toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(ended).thenApply(_ -> Done.getInstance());
    }

    /** Ends it at once. */
    void cut() {
        close();
        carriages.forEach(Carriage::cut);
    }
}
