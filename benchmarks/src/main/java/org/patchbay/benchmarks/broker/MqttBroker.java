package org.patchbay.benchmarks.path;

import io.moquette.broker.Server;
import io.moquette.broker.config.MemoryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An MQTT broker on a free port: mosquitto where it is installed, else one in this JVM. Its window
 * of messages under way is open, so that the load alone says how many there are.
 */
final class Broker implements AutoCloseable {

    private static final List<Path> PLACES =
            Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/opt/homebrew/sbin")
                    .map(folder -> Path.of(folder, "mosquitto"))
                    .toList();

    private static final int START_MAX_MS = 10_000;

    private interface Running {
        void stop() throws IOException, InterruptedException;
    }

    private final int port;
    private final String name;
    private final Running running;

    private Broker(int port, String name, Running running) {
        this.port = port;
        this.name = name;
        this.running = running;
    }

    static Broker start() throws IOException, InterruptedException {
        Path mosquitto = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        int port = freePort();
        return mosquitto == null ? moquette(port) : mosquitto(mosquitto, port);
    }

    int port() {
        return port;
    }

    String name() {
        return name;
    }

    private static Broker mosquitto(Path program, int port)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("patchbay-broker");
        String settings =
                """
                listener %d 127.0.0.1
                allow_anonymous true
                max_inflight_messages 0
                max_queued_messages 100000
                set_tcp_nodelay true
                log_dest none
                """
                        .formatted(port);
        Path file = Files.writeString(folder.resolve("mosquitto.conf"), settings);
        Process process =
                new ProcessBuilder(program.toString(), "-c", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile())
                        .start();
        awaitListening(process, port);
        return new Broker(
                port,
                "mosquitto",
                () -> {
                    process.destroy();
                    if (!process.waitFor(START_MAX_MS, TimeUnit.MILLISECONDS)) {
                        process.destroyForcibly();
                    }
                    try (Stream<Path> files = Files.walk(folder)) {
                        for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(each);
                        }
                    }
                });
    }

    private static void awaitListening(Process process, int port) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MAX_MS);
        while (true) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new IllegalStateException("mosquitto did not start", notYet);
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private static Broker moquette(int port) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("host", "127.0.0.1");
        properties.setProperty("port", String.valueOf(port));
        properties.setProperty("allow_anonymous", "true");
        properties.setProperty("persistence_enabled", "false");
        properties.setProperty("telemetry_enabled", "false");
        Server server = new Server();
        server.startServer(new MemoryConfig(properties));
        return new Broker(port, "a broker in the load's process", server::stopServer);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            running.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
