package org.patchbay.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.patchbay.cluster.node.ScratchFolder;
import org.patchbay.cluster.node.TestCluster;

/**
 * All services on one node in this JVM, with HTTP on a free port and a store of its own: started
 * for the first test that wants it, stopped after the last one.
 */
public final class RunningSystem implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DEVOPS = "Basic ZGV2b3BzOmZvb2Jhcg==";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path data;
    private final TestCluster node;
    private final int port;

    /** Hands the system to the tests that ask for it. */
    public static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
            return parameter.getParameter().getType() == RunningSystem.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
            return extension
                    .getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(RunningSystem.class);
        }
    }

    RunningSystem() throws Exception {
        this("");
    }

    /**
     * @param settings HOCON besides
     */
    public RunningSystem(String settings) throws Exception {
        data = ScratchFolder.named("system");
        Services services = new Services();
        node =
                TestCluster.in(
                        data,
                        services::guardian,
                        """
                        ditto.gateway.http { hostname = "127.0.0.1", port = 0 }
                        ditto.gateway.authentication.pre-authentication.enabled = true
                        patchbay.connectivity.allow-loopback-addresses = true
                        """
                                + settings);
        node.start();
        port = services.listening().get(60, TimeUnit.SECONDS).getPort();
    }

    public static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    public int port() {
        return port;
    }

    /** A request as the operator. */
    public HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(method, path, BodyPublishers.ofString(body), headers);
    }

    public HttpResponse<String> send(
            String method, String path, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, body)
                        .header("authorization", DEVOPS);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        client.close();
        node.close();
        ScratchFolder.delete(data);
    }
}
