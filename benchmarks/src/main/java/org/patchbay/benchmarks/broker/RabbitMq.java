package org.patchbay.benchmarks.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** An installed RabbitMQ, as it comes: {@code guest} may do everything. */
public final class RabbitMq implements Broker {

    /** Not what lies on the path: that one changes the user first. */
    private static final Path INSTALLED = Path.of("/usr/lib/rabbitmq/lib");

    private final BrokerProcess process;
    private final int port;
    private final int mapperPort;

    private RabbitMq(BrokerProcess process, int port, int mapperPort) {
        this.process = process;
        this.port = port;
        this.mapperPort = mapperPort;
    }

    public static RabbitMq start() throws IOException, InterruptedException {
        int port = BrokerProcess.freePort();
        int mapperPort = BrokerProcess.freePort();
        Path program = programs().resolve("rabbitmq-server");
        Path folder = Files.createTempDirectory("patchbay-broker");
        Path settings =
                Files.writeString(
                        folder.resolve("rabbitmq.conf"),
                        "listeners.tcp.1 = 127.0.0.1:" + port + "\n");
        Path plugins = Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
        var builder = new ProcessBuilder(program.toString());
        builder.environment()
                .putAll(
                        Map.of(
                                "HOME", folder.toString(),
                                "ERL_EPMD_PORT", String.valueOf(mapperPort),
                                "RABBITMQ_NODENAME", "patchbay-" + port + "@localhost",
                                "RABBITMQ_DIST_PORT", String.valueOf(BrokerProcess.freePort()),
                                "RABBITMQ_CONFIG_FILE", settings.toString(),
                                "RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString(),
                                "RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString(),
                                "RABBITMQ_LOG_BASE", folder.resolve("log").toString(),
                                "RABBITMQ_PID_FILE", folder.resolve("pid").toString()));
        return new RabbitMq(BrokerProcess.start(builder, folder, port), port, mapperPort);
    }

    private static Path programs() throws IOException {
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> versions = Files.list(INSTALLED)) {
                Path programs =
                        versions.map(version -> version.resolve("sbin"))
                                .filter(Files::isDirectory)
                                .findFirst()
                                .orElse(null);
                if (programs != null) {
                    return programs;
                }
            }
        }
        throw new IllegalStateException(
                "RabbitMQ is not installed: apt-get install rabbitmq-server");
    }

    @Override
    public String name() {
        return "RabbitMQ";
    }

    @Override
    public int port() {
        return port;
    }

    /** With the port mapper that it started and would leave behind. */
    @Override
    public void close() throws IOException {
        process.stop();
        try {
            new ProcessBuilder("epmd", "-port", String.valueOf(mapperPort), "-kill")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
