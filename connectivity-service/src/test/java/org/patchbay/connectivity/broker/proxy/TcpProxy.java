package org.patchbay.connectivity.broker.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands on what clients and a broker say to each other, until a test has it do otherwise. What a
 * test says of the bytes of a direction is about all links together.
 */
public final class TcpProxy implements AutoCloseable {

    /** Where bytes go. */
    public enum Direction {
        TO_BROKER,
        TO_CLIENT
    }

    private static final int BACKLOG = 50;

    /** Small, so that who sends notices that the other side takes its time. */
    private static final int BUFFER_BYTES = 16_384;

    private static final long UNLIMITED = Long.MAX_VALUE;

    private final ServerSocket server;
    private final int behind;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicLong leftToBroker = new AtomicLong(UNLIMITED);
    private final AtomicLong leftToClient = new AtomicLong(UNLIMITED);
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int bytesPerSecond = Integer.MAX_VALUE;
    private volatile CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

    private TcpProxy(ServerSocket server, int behind) {
        this.server = server;
        this.behind = behind;
    }

    /**
     * On a port of its own.
     *
     * @param behind where the broker listens
     */
    public static TcpProxy before(int behind) {
        return at(0, behind);
    }

    /** On this port: for a broker whose clients ask it for its address. */
    public static TcpProxy at(int port, int behind) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReceiveBufferSize(BUFFER_BYTES);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            TcpProxy proxy = new TcpProxy(server, behind);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Ends the link over which so many more bytes have gone, in the middle of whatever that is. */
    public void cutAfter(Direction direction, long bytes) {
        left(direction).set(bytes);
    }

    /** How many links have been cut. */
    public int cuts() {
        return cuts.get();
    }

    /**
     * From now on nothing comes through on the links that are there, whose ends do not hear of it,
     * as when a router forgets them. New ones work.
     */
    public void freeze() {
        links.forEach(link -> link.frozen = true);
    }

    /** From now on nothing comes through, on new links neither, until {@link #letGo}. */
    public void hold() {
        open = new CompletableFuture<>();
    }

    public void letGo() {
        open.complete(null);
    }

    /** How fast each link is in each direction. */
    public void slowDown(int newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    public void fullSpeed() {
        bytesPerSecond = Integer.MAX_VALUE;
    }

    private AtomicLong left(Direction direction) {
        return switch (direction) {
            case TO_BROKER -> leftToBroker;
            case TO_CLIENT -> leftToClient;
        };
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket broker = new Socket();
            broker.setReceiveBufferSize(BUFFER_BYTES);
            broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), behind));
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            Link link = new Link(client, broker);
            links.add(link);
            Thread.ofVirtual().start(() -> link.pump(Direction.TO_CLIENT));
            link.pump(Direction.TO_BROKER);
        } catch (IOException nobodyThere) {
            closeQuietly(client);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // As good as closed.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        letGo();
        links.forEach(Link::end);
    }

    private final class Link {

        private final Socket client;
        private final Socket broker;
        private volatile boolean frozen;

        Link(Socket client, Socket broker) {
            this.client = client;
            this.broker = broker;
        }

        void pump(Direction direction) {
            Socket from = direction == Direction.TO_BROKER ? client : broker;
            Socket to = direction == Direction.TO_BROKER ? broker : client;
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                int read = from.getInputStream().read(buffer, 0, chunk());
                while (read >= 0) {
                    open.join();
                    if (!frozen && !handOn(direction, to, buffer, read)) {
                        cuts.incrementAndGet();
                        break;
                    }
                    read = from.getInputStream().read(buffer, 0, chunk());
                }
            } catch (IOException e) {
                // One of them has gone.
            }
            // Of a link that is frozen the other side is not to hear of it.
            if (!frozen) {
                end();
            }
        }

        /** A fiftieth of a second's worth, so that a slow link is not one that stops and goes. */
        private int chunk() {
            return Math.clamp(bytesPerSecond / 50, 1, BUFFER_BYTES);
        }

        /** Whether the link is to go on. */
        private boolean handOn(Direction direction, Socket to, byte[] bytes, int count)
                throws IOException {
            AtomicLong left = left(direction);
            long before = left.getAndUpdate(now -> now == UNLIMITED ? now : now - count);
            int most = (int) Math.clamp(before, 0, count);
            to.getOutputStream().write(bytes, 0, most);
            takeTime(count);
            if (before > count) {
                return true;
            }
            // This one alone: those that are made anew have no limit.
            left.set(UNLIMITED);
            return false;
        }

        private void takeTime(int count) throws IOException {
            int speed = bytesPerSecond;
            if (speed < Integer.MAX_VALUE) {
                try {
                    Thread.sleep(1_000L * count / speed);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
        }

        void end() {
            links.remove(this);
            closeQuietly(client);
            closeQuietly(broker);
        }
    }
}
