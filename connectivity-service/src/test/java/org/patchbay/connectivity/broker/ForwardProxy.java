package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forward proxy that wants to know whom it serves: it makes tunnels ({@code CONNECT}) and passes
 * on what is plain. It answers 407 to anybody but {@link TestBroker#USER}.
 */
public final class ForwardProxy implements AutoCloseable {

    private final ServerSocket server;
    private final List<String> served = new CopyOnWriteArrayList<>();

    private ForwardProxy(ServerSocket server) {
        this.server = server;
    }

    public static ForwardProxy started() {
        try {
            ForwardProxy made =
                    new ForwardProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(made::accept);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The request lines of those that it served. */
    public List<String> served() {
        return served;
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

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            String line = head.lines().findFirst().orElse("");
            if (!isKnown(head)) {
                write(
                        client,
                        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n"
                                + "Connection: close\r\n\r\n");
                return;
            }
            served.add(line);
            String[] parts = line.split(" ", 3);
            if (parts[0].equals("CONNECT")) {
                String[] to = parts[1].split(":", 2);
                try (Socket far = new Socket(to[0], Integer.parseInt(to[1]))) {
                    write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                    join(client, far);
                }
            } else {
                URI to = URI.create(parts[1]);
                try (Socket far = new Socket(to.getHost(), to.getPort())) {
                    String target =
                            to.getRawQuery() == null
                                    ? to.getRawPath()
                                    : to.getRawPath() + "?" + to.getRawQuery();
                    write(
                            far,
                            head.replaceFirst(
                                    "^\\S+ \\S+",
                                    java.util.regex.Matcher.quoteReplacement(
                                            parts[0] + " " + target)));
                    join(client, far);
                }
            }
        } catch (IOException e) {
            // One of the two has gone.
        }
    }

    private static boolean isKnown(String head) {
        String user = TestBroker.USER + ":" + TestBroker.PASSWORD;
        String known =
                "proxy-authorization: Basic "
                        + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return head.lines()
                .map(line -> {
                    int colon = line.indexOf(':');
                    return colon < 0
                            ? line
                            : line.substring(0, colon).toLowerCase(Locale.ROOT)
                                    + line.substring(colon);
                })
                .anyMatch(known::equals);
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int letter = in.read();
            if (letter < 0) {
                throw new IOException("no request");
            }
            head.append((char) letter);
        }
        return head.toString();
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void join(Socket one, Socket other) throws IOException {
        Thread back = Thread.ofVirtual().start(() -> copy(other, one));
        copy(one, other);
        try {
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // Both end then.
            try {
                from.close();
                to.close();
            } catch (IOException closed) {
                // As they are.
            }
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
