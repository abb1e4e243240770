package org.patchbay.standalone.demo;

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
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/** The product's HTTP API, as one user of it. */
final class DemoApi {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String authorization;

    /**
     * @param user with password: {@code name:password}
     */
    DemoApi(URI base, String user) {
        this.base = base;
        authorization =
                "Basic "
                        + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    JsonNode get(String path) {
        return send(Set.of(200), request(path).GET());
    }

    /** Creates it or replaces it. */
    void put(String path, String json) {
        send(Set.of(200, 201, 204), request(path).PUT(body(json)));
    }

    /** Creates it where it is missing, and leaves it alone where it is not. */
    void create(String path, String json) {
        send(Set.of(201, 412), request(path).header("If-None-Match", "*").PUT(body(json)));
    }

    void command(String path, String command) {
        HttpRequest.BodyPublisher text = HttpRequest.BodyPublishers.ofString(command);
        send(Set.of(200), request(path).setHeader("Content-Type", "text/plain").POST(text));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve("/api/2" + path))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .header("Content-Type", "application/json");
    }

    private static HttpRequest.BodyPublisher body(String json) {
        return HttpRequest.BodyPublishers.ofString(json);
    }

    private JsonNode send(Set<Integer> expected, HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            if (!expected.contains(response.statusCode())) {
                throw new IllegalStateException(
                        request.method()
                                + " "
                                + request.uri()
                                + " answered "
                                + response.statusCode()
                                + ": "
                                + response.body());
            }
            return response.body().isBlank()
                    ? MissingNode.getInstance()
                    : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The demo was interrupted.", e);
        }
    }
}
