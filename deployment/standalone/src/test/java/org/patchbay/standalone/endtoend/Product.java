package org.patchbay.standalone.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.broker.MqttBroker;

/** Patchbay as a process on a data folder and an HTTP port that stay the same over restarts. */
final class Product implements AutoCloseable {

    static final String USER = "ditto:ditto";
    static final String DEVOPS = "devops:foobar";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = MqttBroker.freePort();
    private final Path folder = MqttBroker.temporaryFolder("product");
    private final List<String> arguments;
    private @Nullable Process running;

    private Product(List<String> arguments) {
        this.arguments = arguments;
    }

    static Product started(String... arguments) {
        Product product = new Product(List.of(arguments));
        product.start();
        return product;
    }

    /** Returns when it is ready. */
    void start() {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                                "-cp",
                                classPath(),
                                "org.patchbay.standalone.Patchbay"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(
                        Map.of(
                                "PATCHBAY_HTTP_PORT", String.valueOf(port),
                                "PATCHBAY_HTTP_HOST", "127.0.0.1",
                                "PATCHBAY_DATA", folder.resolve("data").toString()));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        try {
            running = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("ready, see " + output()).atMost(PATIENCE).until(this::isReady);
    }

    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private boolean isReady() throws InterruptedException {
        if (running == null || !running.isAlive()) {
            throw new IllegalStateException("It ended: " + printed());
        }
        try {
            HttpRequest health = HttpRequest.newBuilder(uri("/health")).build();
            HttpResponse<String> answer = http.send(health, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("UP");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As {@code kill -9}: no hook runs, nothing is flushed. */
    void kill() {
        end(Process::destroyForcibly);
    }

    void stop() {
        end(process -> {
            process.destroy();
            return process;
        });
    }

    private void end(java.util.function.UnaryOperator<Process> how) {
        if (running != null) {
            try {
                if (!how.apply(running).waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("It does not end.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            running = null;
        }
    }

    /** What it has written to its output so far. */
    String printed() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output() {
        return folder.resolve("output.txt");
    }

    JsonNode get(String user, String path) {
        return send(user, path, "GET", "");
    }

    void put(String user, String path, String json) {
        send(user, path, "PUT", json);
    }

    /** Puts a connection and waits until it is open. */
    void open(String id, String json) {
        put(DEVOPS, "/api/2/connections/" + id, json);
        awaitOpen(id);
    }

    void awaitOpen(String id) {
        Awaitility.await(id + " is open")
                .atMost(PATIENCE)
                .until(() ->
                        get(DEVOPS, "/api/2/connections/" + id + "/status")
                                .path("liveStatus")
                                .asText()
                                .equals("open"));
    }

    private JsonNode send(String user, String path, String method, String body) {
        String credentials =
                Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        HttpRequest request =
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/json")
                        .timeout(PATIENCE)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + response.body());
            }
            return response.body().isBlank()
                    ? MissingNode.getInstance()
                    : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        stop();
        MqttBroker.delete(folder);
    }
}
