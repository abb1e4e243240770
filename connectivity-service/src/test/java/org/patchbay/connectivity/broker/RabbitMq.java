package org.patchbay.connectivity.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.patchbay.cluster.node.ScratchFolder;

/** An installed RabbitMQ as a process of its own, with a port mapper of its own beside it. */
public final class RabbitMq implements Amqp091Broker {

    private static final Path INSTALLED = Path.of("/usr/lib/rabbitmq/lib");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Longer than any test takes. */
    public static final Duration LONG = Duration.ofMinutes(30);

    private static final String EVERYTHING = ".*";
    private static final String ALL_BUT_ONE = "^(?!" + FORBIDDEN + ").*";

    private final Path programs;
    private final int port = Scratch.freePort();
    private final int mapperPort = Scratch.freePort();
    private final int nodePort = Scratch.freePort();
    private final Path folder = ScratchFolder.named("rabbitmq");
    private final List<String> plugIns;
    private @Nullable Process running;

    private RabbitMq(Path programs, List<String> plugIns) {
        this.programs = programs;
        this.plugIns = plugIns;
    }

    /**
     * Skips the test where RabbitMQ is not installed, or fails it where it has to be.
     *
     * @param plugIns of those that come with it
     */
    public static RabbitMq startedOrSkipped(String... plugIns) {
        Optional<Path> programs = programs();
        if (programs.isEmpty()) {
            String missing = "RabbitMQ is not installed: apt-get install rabbitmq-server";
            if (Boolean.parseBoolean(System.getenv("PATCHBAY_REQUIRE_BROKERS"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        RabbitMq broker = new RabbitMq(programs.get(), List.of(plugIns));
        try {
            broker.start();
            return broker;
        } catch (RuntimeException e) {
            // Its folder stays: that is where the reason is.
            broker.end();
            throw e;
        }
    }

    /** Not what lies on the path: that one changes the user first. */
    private static Optional<Path> programs() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("sbin"))
                    .filter(Files::isDirectory)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        try {
            Files.write(folder.resolve("definitions.json"), definitions());
            Files.writeString(folder.resolve("rabbitmq.conf"), config());
            Files.writeString(
                    folder.resolve("enabled_plugins"), "[" + String.join(",", plugIns) + "].\n");
            running = process("rabbitmq-server").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("RabbitMQ is up").atMost(PATIENCE).until(this::isUp);
    }

    private boolean isUp() {
        if (running == null || !running.isAlive()) {
            throw new IllegalStateException("RabbitMQ ended, see " + folder);
        }
        return Scratch.listens(port);
    }

    private String config() {
        return """
        listeners.tcp.1 = 127.0.0.1:%d
        load_definitions = %s/definitions.json
        loopback_users = none
        """
                .formatted(port, folder);
    }

    private static byte[] definitions() throws IOException {
        return new ObjectMapper()
                .writeValueAsBytes(
                        Map.of(
                                "users", List.of(user(GUEST, GUEST), user(USER, PASSWORD)),
                                "vhosts", List.of(Map.of("name", "/")),
                                "permissions", List.of(permission(GUEST), permission(USER))));
    }

    private static Map<String, Object> user(String name, String password) {
        return Map.of("name", name, "password", password, "tags", "");
    }

    private static Map<String, Object> permission(String user) {
        return Map.of(
                "user", user,
                "vhost", "/",
                "configure", EVERYTHING,
                "write", EVERYTHING,
                "read", ALL_BUT_ONE);
    }

    private ProcessBuilder process(String... command) {
        String[] whole = command.clone();
        whole[0] = programs.resolve(command[0]).toString();
        var builder =
                new ProcessBuilder(whole)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("output.log").toFile()));
        builder.environment()
                .putAll(
                        Map.of(
                                "HOME", folder.toString(),
                                "ERL_EPMD_PORT", String.valueOf(mapperPort),
                                "RABBITMQ_NODENAME", "patchbay-" + port + "@localhost",
                                "RABBITMQ_DIST_PORT", String.valueOf(nodePort),
                                "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString(),
                                "RABBITMQ_ENABLED_PLUGINS_FILE",
                                        folder.resolve("enabled_plugins").toString(),
                                "RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString(),
                                "RABBITMQ_LOG_BASE", folder.resolve("log").toString(),
                                "RABBITMQ_PID_FILE", folder.resolve("pid").toString()));
        return builder;
    }

    /** Has it block publishers, as it does when it is short of memory; or no longer. */
    public void block(boolean blocked) {
        run("rabbitmqctl", "set_vm_memory_high_watermark", blocked ? "0" : "0.6");
    }

    /** Another password from now on; who is connected stays so. */
    public void changePassword(String user, String password) {
        run("rabbitmqctl", "change_password", user, password);
    }

    /** Ends all connections. */
    public void closeAllConnections(String reason) {
        run("rabbitmqctl", "close_all_connections", reason);
    }

    /**
     * For how long messages may stay unacknowledged before it closes the channel that they went
     * over; of channels that are made from now on. It looks once in this time, too.
     */
    public void acknowledgedWithin(Duration time) {
        run(
                "rabbitmqctl",
                "eval",
                ("application:set_env(rabbit, consumer_timeout, %1$d),"
                                + " application:set_env(rabbit, channel_tick_interval, %1$d).")
                        .formatted(time.toMillis()));
    }

    private void run(String... command) {
        try {
            Process process = process(command).start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    || process.exitValue() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " failed, see " + folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** On the signal it ends in order. */
    @Override
    public void stop() {
        if (running != null) {
            // The shell that started it passes signals on.
            running.destroy();
            try {
                if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("RabbitMQ did not stop");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            running = null;
        }
    }

    @Override
    public void close() {
        end();
        ScratchFolder.delete(folder);
    }

    private void end() {
        stop();
        try {
            var mapper = new ProcessBuilder("epmd", "-port", "" + mapperPort, "-kill");
            mapper.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
