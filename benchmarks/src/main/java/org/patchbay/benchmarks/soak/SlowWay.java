package org.patchbay.benchmarks.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** The way to a broker, on which so many bytes a second get through; those back are not slowed. */
final class SlowWay implements AutoCloseable {

    private static final int TICKS_A_SECOND = 20;
    private static final int CHUNK_MAX = 64 * 1024;

    private final ServerSocket entrance;
    private final int brokerPort;
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    private SlowWay(ServerSocket entrance, int brokerPort) {
        this.entrance = entrance;
        this.brokerPort = brokerPort;
    }

    static SlowWay to(int brokerPort) throws IOException {
        SlowWay way =
                new SlowWay(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), brokerPort);
        Thread.ofVirtual().start(way::accept);
        return way;
    }

    int port() {
        return entrance.getLocalPort();
    }

    void limit(long bytes) {
        bytesPerSecond = bytes;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), brokerPort);
                Thread.ofVirtual().start(() -> pass(client, broker, true));
                Thread.ofVirtual().start(() -> pass(broker, client, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean slowly) {
        byte[] chunk = new byte[CHUNK_MAX];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            while (true) {
                long allowed = slowly ? bytesPerSecond / TICKS_A_SECOND : CHUNK_MAX;
                int read = in.read(chunk, 0, Math.clamp(allowed, 1, CHUNK_MAX));
                if (read < 0) {
                    return;
                }
                out.write(chunk, 0, read);
                if (allowed < CHUNK_MAX) {
                    TimeUnit.MILLISECONDS.sleep(1_000L * read / Math.max(1, bytesPerSecond));
                }
            }
        } catch (IOException ended) {
            // Either side has gone, and with it this way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
