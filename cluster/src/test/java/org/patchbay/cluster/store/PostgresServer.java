package org.patchbay.cluster.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.patchbay.cluster.node.FreePort;
import org.patchbay.cluster.node.ScratchFolder;

/** An installed PostgreSQL with a data folder of its own, empty and soon gone. */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "patchbay";

    private final Process process;
    private final Path folder;
    private final int port;

    private PostgresServer(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** Skips the test where PostgreSQL is not installed, or fails it where it has to be. */
    public static PostgresServer startedOrSkipped() throws IOException, InterruptedException {
        Optional<Path> binaries = binaries();
        if (binaries.isEmpty()) {
            String missing = "PostgreSQL is not installed: apt-get install postgresql";
            if (Boolean.parseBoolean(System.getenv("PATCHBAY_REQUIRE_BROKERS"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        Path folder = ScratchFolder.named("postgresql");
        if (isRoot()) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        String data = folder.resolve("data").toString();
        Path bin = binaries.get();
        run(asServer(bin.resolve("initdb").toString(), "-A", "trust", "-U", USER, "-D", data));
        int port = FreePort.next();
        Process process =
                new ProcessBuilder(
                                asServer(
                                        bin.resolve("postgres").toString(),
                                        "-D",
                                        data,
                                        "-p",
                                        Integer.toString(port),
                                        "-h",
                                        "127.0.0.1",
                                        "-k",
                                        folder.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        PostgresServer server = new PostgresServer(process, folder, port);
        Awaitility.await("PostgreSQL answers").until(server::answers);
        return server;
    }

    /** What a node needs to use it. */
    public String config() {
        return "patchbay { store = postgresql, postgresql { url = \"%s\", user = %s, password = \"\" } }"
                .formatted(url(), USER);
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url(), USER, "")) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
            ScratchFolder.delete(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Path> binaries() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    /** The server refuses to run as root. */
    private static List<String> asServer(String... command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        all.addAll(List.of(command));
        return all;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed: " + process.exitValue());
        }
    }
}
