package org.patchbay.benchmarks.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An installed broker as a process of its own, and the folder that holds all it has. */
final class BrokerProcess {

    private static final int PATIENCE_MS = 60_000;

    private final Process process;
    private final Path folder;

    private BrokerProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param folder where its output goes; deleted when it is stopped
     */
    static BrokerProcess start(ProcessBuilder builder, Path folder, int port)
            throws IOException, InterruptedException {
        Process process =
                builder.redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        builder.command().getFirst() + " did not start, see " + folder);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return new BrokerProcess(process, folder);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    void stop() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
