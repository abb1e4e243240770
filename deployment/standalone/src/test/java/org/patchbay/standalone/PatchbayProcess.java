package org.patchbay.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.patchbay.cluster.node.FreePort;

/** The program as its users run it: a process of its own, driven through its environment. */
public final class PatchbayProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path out;
    private final Path err;
    private final int port;

    private PatchbayProcess(Process process, Path out, Path err, int port) {
        this.process = process;
        this.out = out;
        this.err = err;
        this.port = port;
    }

    /** Starts the program on a free port. */
    public static PatchbayProcess start(Path data, String... arguments) {
        return start(data, FreePort.next(), Map.of(), arguments);
    }

    public static PatchbayProcess start(
            Path data, int port, Map<String, String> environment, String... arguments) {
        try {
            Path out = Files.createTempFile("patchbay", ".out");
            Path err = Files.createTempFile("patchbay", ".err");
            List<String> command = new ArrayList<>();
            command.add(ProcessHandle.current().info().command().orElseThrow());
            command.addAll(
                    List.of(
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-Xmx512m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            PackagedLibraries.classPath(),
                            Patchbay.class.getName()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().put("PATCHBAY_DATA", data.toString());
            builder.environment().put("PATCHBAY_HTTP_PORT", Integer.toString(port));
            builder.environment().put("PATCHBAY_HTTP_HOST", "127.0.0.1");
            builder.environment().putAll(environment);
            return new PatchbayProcess(builder.start(), out, err, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Waits for the banner. */
    public PatchbayProcess awaitReady() {
        Awaitility.await()
                .atMost(PATIENCE)
                .failFast(
                        "still running",
                        () -> {
                            if (!process.isAlive()) {
                                throw new AssertionError("ended: " + out() + err());
                            }
                        })
                .until(() -> out().contains("Patchbay is ready."));
        return this;
    }

    /** Asks for a page and answers with its status and body. */
    public String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /** Sends a request as the user devops, or as ditto where it is about twins. */
    public String send(String method, String path, String body)
            throws IOException, InterruptedException {
        String user = path.contains("/connections") ? "devops:foobar" : "ditto:ditto";
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        user.getBytes(StandardCharsets.UTF_8)))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits until the process has ended, and answers with its exit code. */
    public int awaitExit(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + atMost + ": " + out() + err());
        }
        return process.exitValue();
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
