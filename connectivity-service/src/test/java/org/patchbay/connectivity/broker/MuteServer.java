package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that accepts whoever comes and never says a word. */
public final class MuteServer implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger open = new AtomicInteger();

    private MuteServer(ServerSocket server) {
        this.server = server;
    }

    public static MuteServer started() {
        try {
            MuteServer made =
                    new MuteServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(made::accept);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections to it are open. */
    public int open() {
        return open.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.incrementAndGet();
                Thread.ofVirtual().start(() -> listen(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void listen(Socket socket) {
        try (socket) {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The other side has gone.
        } finally {
            open.decrementAndGet();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
