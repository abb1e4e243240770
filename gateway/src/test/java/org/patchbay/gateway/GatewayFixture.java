package org.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.protocol.json.Json;

/** The gateway of one real node, in front of {@link FakeServices}. */
final class GatewayFixture implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestCluster cluster;
    private final String base;

    /** An answer, its body read as JSON where it is some. */
    record Answer(HttpResponse<String> http) {
        int status() {
            return http.statusCode();
        }

        JsonNode json() {
            return Json.parse(http.body());
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        Answer has(int status) {
            assertThat(status()).as(http.body()).isEqualTo(status);
            return this;
        }

        Answer hasError(int status, String code) {
            has(status);
            assertThat(json().path("error").asText()).isEqualTo(code);
            assertThat(json().path("message").asText()).isNotEmpty();
            return this;
        }
    }

    private GatewayFixture(TestCluster cluster, String base) {
        this.cluster = cluster;
        this.base = base;
    }

    static GatewayFixture start(Path data) throws Exception {
        return start(data, "");
    }

    /**
     * @param settings in addition to its own, as HOCON
     */
    static GatewayFixture start(Path data, String settings) throws Exception {
        CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
        TestCluster cluster =
                TestCluster.in(
                        data,
                        () ->
                                Behaviors.setup(context -> {
                                    context.spawn(FakeServices.create(), "connectivityRoot");
                                    context.spawn(
                                            GatewayRoot.create(bound::complete), "gatewayRoot");
                                    return Behaviors.empty();
                                }),
                        """
                        ditto.gateway.http { hostname = "127.0.0.1", port = 0 }
                        ditto.persistence.operations.delay-after-persistence-actor-shutdown = 0s
                        """
                                + settings);
        cluster.start();
        int port = bound.get(60, TimeUnit.SECONDS).getPort();
        return new GatewayFixture(cluster, "http://127.0.0.1:" + port);
    }

    /** A request as {@code user:password}, or without credentials where that is empty. */
    Answer send(String user, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!user.isEmpty()) {
            byte[] credentials = user.getBytes(StandardCharsets.UTF_8);
            request.header(
                    "authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new Answer(client.send(request.build(), BodyHandlers.ofString()));
    }

    Answer devops(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send("devops:foobar", method, path, body, headers);
    }

    Answer ditto(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send("ditto:ditto", method, path, body, headers);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
