package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A port whose queue of connections is full: who connects to it gets no answer, neither yes nor no.
 * Who is waiting for one is read from the system, which has to be Linux.
 */
public final class CrowdedServer implements AutoCloseable {

    private static final List<Path> CONNECTIONS =
            List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    /** Long for the loopback interface, and only to see that the queue is full. */
    private static final int ANSWER_MAX_MS = 300;

    private final ServerSocket server;
    private final List<Socket> queue = new ArrayList<>();

    private CrowdedServer(ServerSocket server) {
        this.server = server;
    }

    public static CrowdedServer startedOrSkipped() {
        Assumptions.assumeTrue(Files.isReadable(CONNECTIONS.getFirst()), "there is no /proc/net");
        try {
            CrowdedServer made =
                    new CrowdedServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            made.fill();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill() throws IOException {
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(
                        new InetSocketAddress(server.getInetAddress(), port()), ANSWER_MAX_MS);
                queue.add(socket);
            } catch (SocketTimeoutException full) {
                socket.close();
                return;
            }
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many are trying to connect. */
    public long waiting() {
        String there = String.format(Locale.ROOT, ":%04X", port());
        return CONNECTIONS.stream()
                .filter(Files::isReadable)
                .flatMap(CrowdedServer::lines)
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields[2].endsWith(there) && fields[3].equals("02"))
                .count();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().skip(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (Socket socket : queue) {
                socket.close();
            }
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
