package org.patchbay.connectivity.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a broker that lets everybody in and holds back the broker's first answer until it is
 * told to let one through: so many stand in it as connect at once.
 */
public final class Doorway implements AutoCloseable {

    /** More than ever stand in it. */
    private static final int BACKLOG = 500;

    private static final int BUFFER_BYTES = 4_096;

    private final ServerSocket server;
    private final int brokerPort;
    private final Semaphore answers = new Semaphore(0);
    private final Set<Socket> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger waitingMost = new AtomicInteger();

    private Doorway(ServerSocket server, int brokerPort) {
        this.server = server;
        this.brokerPort = brokerPort;
    }

    /**
     * @param port where to listen
     */
    public static Doorway opened(int port, TestBroker broker) {
        try {
            var server = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
            Doorway doorway = new Doorway(server, broker.port());
            Thread.ofVirtual().start(doorway::accept);
            return doorway;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Lets one through, who is there or comes next. */
    public void letThrough() {
        answers.release();
    }

    /** How many have come in all. */
    public int accepted() {
        return accepted.get();
    }

    /** How many have not been answered yet. */
    public int waiting() {
        return waiting.size();
    }

    /** The most that ever stood in it at the same time. */
    public int waitingMost() {
        return waitingMost.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                accepted.incrementAndGet();
                waiting.add(client);
                waitingMost.accumulateAndGet(waiting.size(), Math::max);
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
            Thread.ofVirtual().start(() -> handOn(client, broker));
            answer(client, broker);
        } catch (IOException e) {
            // One of the two sides has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.remove(client);
        }
    }

    private void answer(Socket client, Socket broker) throws IOException, InterruptedException {
        InputStream in = broker.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] answer = new byte[BUFFER_BYTES];
        int length = in.read(answer);
        if (length >= 0) {
            answers.acquire();
            waiting.remove(client);
        }
        while (length >= 0) {
            out.write(answer, 0, length);
            length = in.read(answer);
        }
    }

    private void handOn(Socket client, Socket broker) {
        try (broker) {
            client.getInputStream().transferTo(broker.getOutputStream());
        } catch (IOException e) {
            // One of the two sides has gone.
        } finally {
            waiting.remove(client);
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
