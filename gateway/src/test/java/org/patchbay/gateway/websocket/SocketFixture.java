package org.patchbay.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.gateway.GatewayRoot;
import org.patchbay.protocol.json.Json;
import org.patchbay.things.ThingsRoot;

/** Real nodes with a gateway and things, and a policy in which anna may all, bert a part. */
final class SocketFixture implements AutoCloseable {

    private static final String USERS = "anna:anna,bert:bert,dora:dora,cleo:cleo";

    private static final String POLICY =
            """
            {"entries": {
              "owner": {"subjects": {"nginx:anna": {"type": "t"}, "nginx:dora": {"type": "t"},
                                     "users:alice": {"type": "t"}},
                "resources": {"thing:/": {"grant": ["READ", "WRITE"], "revoke": []},
                              "policy:/": {"grant": ["READ", "WRITE"], "revoke": []},
                              "message:/": {"grant": ["READ", "WRITE"], "revoke": []}}},
              "partial": {"subjects": {"nginx:bert": {"type": "t"}},
                "resources": {"thing:/attributes/public": {"grant": ["READ"], "revoke": []}}}}}
            """;

    private static final String THING =
            """
            {"policyId": "org.acme:pol", "attributes": {"public": 1, "private": 2, "n": 5}}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestCluster cluster;
    private final BlockingQueue<InetSocketAddress> bound;
    private final List<String> bases = new ArrayList<>();

    private SocketFixture(TestCluster cluster, BlockingQueue<InetSocketAddress> bound) {
        this.cluster = cluster;
        this.bound = bound;
    }

    static SocketFixture start(Path data, String settings) throws Exception {
        BlockingQueue<InetSocketAddress> bound = new LinkedBlockingQueue<>();
        TestCluster cluster =
                TestCluster.in(
                        data,
                        () ->
                                Behaviors.setup(context -> {
                                    context.spawn(ThingsRoot.create(), "thingsRoot");
                                    context.spawn(GatewayRoot.create(bound::add), "gatewayRoot");
                                    return Behaviors.empty();
                                }),
                        """
                        ditto.gateway.http { hostname = "127.0.0.1", port = 0 }
                        patchbay.gateway.users = "%s"
                        """
                                        .formatted(USERS)
                                + settings);
        SocketFixture fixture = new SocketFixture(cluster, bound);
        fixture.startNode();
        fixture.put("/api/2/policies/org.acme:pol", POLICY);
        fixture.put("/api/2/things/org.acme:t", THING);
        return fixture;
    }

    void startNode() throws InterruptedException {
        cluster.start();
        InetSocketAddress address = bound.poll(60, TimeUnit.SECONDS);
        assertThat(address).as("where the node listens").isNotNull();
        bases.add("http://127.0.0.1:" + address.getPort());
    }

    ActorSystem<Void> node(int index) {
        return cluster.nodes().get(index);
    }

    String base() {
        return bases.getFirst();
    }

    TestSocket socket(String user) throws Exception {
        return socket(0, user, "/ws/2");
    }

    TestSocket socket(String user, String path) throws Exception {
        return socket(0, user, path);
    }

    TestSocket socket(int node, String user, String path) throws Exception {
        return TestSocket.open(bases.get(node), path, TestSocket.basic(user));
    }

    TestSocket socketWithToken(String token) throws Exception {
        return TestSocket.open(base(), "/ws/2", "Bearer " + token);
    }

    HttpResponse<String> request(String user, String method, String path, String body)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base() + path))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .header("content-type", "application/json");
        if (!user.isEmpty()) {
            request.header("authorization", TestSocket.basic(user));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Sends a request and does not wait for its answer. */
    CompletableFuture<HttpResponse<String>> send(
            String user, String method, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("content-type", "application/json")
                        .header("authorization", TestSocket.basic(user))
                        .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    /** As anna, who may; what is not accepted fails. */
    void put(String path, String body) throws Exception {
        HttpResponse<String> answer = request("anna", "PUT", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    JsonNode get(String path) throws Exception {
        return Json.parse(request("anna", "GET", path, "").body());
    }

    @Override
    public void close() {
        cluster.close();
    }
}
