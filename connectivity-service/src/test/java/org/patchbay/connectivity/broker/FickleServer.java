package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server that answers one request of each connection, promises to keep the connection, and
 * ends it when the next request has come.
 */
public final class FickleServer implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger unused = new AtomicInteger();

    private FickleServer(ServerSocket server) {
        this.server = server;
    }

    public static FickleServer started() {
        try {
            FickleServer made =
                    new FickleServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(made::accept);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String uri() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** How many it has read, answered or not. */
    public int requests() {
        return requests.get();
    }

    /** How many connections were ended before a request had come over them. */
    public int unused() {
        return unused.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Requests come without a body. */
    private void serve(Socket client) {
        boolean used = false;
        try (client) {
            used = readRequest(client.getInputStream());
            if (used) {
                client.getOutputStream()
                        .write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                readRequest(client.getInputStream());
            }
        } catch (IOException e) {
            // The other side has gone.
        }
        if (!used) {
            unused.incrementAndGet();
        }
    }

    private boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int letter = in.read();
            if (letter < 0) {
                return false;
            }
            head.append((char) letter);
        }
        requests.incrementAndGet();
        return true;
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
