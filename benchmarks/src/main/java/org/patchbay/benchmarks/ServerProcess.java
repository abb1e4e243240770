package org.patchbay.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Patchbay as its users start it: a process of its own, on a port and a data folder of its own. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration READY_MAX = Duration.ofMinutes(5);
    private static final Duration STOP_MAX = Duration.ofSeconds(20);

    private final Process process;
    private final Path folder;
    private final int port;

    private ServerProcess(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param root of the repository, where the program's script lies
     */
    public static ServerProcess start(Path root, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("patchbay-benchmark");
        int port = freePort();
        ProcessBuilder builder =
                new ProcessBuilder(List.of(root.resolve("patchbay").toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile());
        builder.environment().putAll(settings);
        builder.environment().put("PATCHBAY_DATA", folder.resolve("data").toString());
        builder.environment().put("PATCHBAY_HTTP_PORT", String.valueOf(port));
        builder.environment().put("PATCHBAY_HTTP_HOST", "127.0.0.1");
        ServerProcess server = new ServerProcess(builder.start(), folder, port);
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws IOException, InterruptedException {
        Api api = new Api(port);
        long end = System.nanoTime() + READY_MAX.toNanos();
        while (!api.isUp()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                String output = Files.readString(folder.resolve("output"));
                close();
                throw new IllegalStateException("Patchbay did not come up:\n" + output);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    public int port() {
        return port;
    }

    /** The CPU time that the process has used up. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public long pid() {
        return process.pid();
    }

    /** How much of its memory lies in RAM, in MB. */
    public long residentMb() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
