package org.patchbay.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The HTTP API, as the operator uses it for connections and a user for twins. */
public final class Api {

    private static final String OPERATOR = basic("devops:foobar");
    private static final String USER = basic("ditto:ditto");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    public Api(int port) {
        this.port = port;
    }

    public boolean isUp() throws InterruptedException {
        try {
            return send("GET", "/health", "", "").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The body of a successful answer; anything else is an error. */
    public String call(String method, String path, String contentType, String body) {
        try {
            HttpResponse<String> answer = send(method, path, contentType, body);
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String get(String path) {
        return call("GET", path, "application/json", "");
    }

    private HttpResponse<String> send(String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(60))
                        .header("Authorization", isAboutTwins(path) ? USER : OPERATOR);
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", contentType)
                    .method(method, BodyPublishers.ofString(body));
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static boolean isAboutTwins(String path) {
        return path.startsWith("/api/2/things") || path.startsWith("/api/2/policies");
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }
}
