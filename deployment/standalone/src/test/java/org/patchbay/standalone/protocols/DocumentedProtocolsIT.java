package org.patchbay.standalone.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.cluster.node.FreePort;
import org.patchbay.connectivity.transport.page.ProtocolPage;
import org.patchbay.standalone.PatchbayProcess;
import org.patchbay.standalone.RunningSystem;

/**
 * The first example of each page works as it stands there, but for host and port, in the program as
 * its users run it: its connection opens, what a device sends changes a twin, and what changes a
 * twin is heard.
 */
@Tag("ci")
class DocumentedProtocolsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OWNER = "nginx:owner";
    private static final String NAMESPACE = "org.patchbay.pages";

    private static final String SETTINGS =
            """
            ditto.gateway.authentication.pre-authentication.enabled = true
            patchbay.connectivity.allow-loopback-addresses = true
            """;

    @TempDir Path folder;

    static List<ProtocolPage> pages() {
        return ProtocolPage.all();
    }

    static Stream<ProtocolPage> pagesThatNameABroker() {
        return pages().stream().filter(page -> Sites.INSTALLED.containsKey(page.name()));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void the_example_of_a_page_works(ProtocolPage page) throws Exception {
        assertThat(Sites.EMBEDDED).as("a site for the page").containsKey(page.name());

        assertWorks(page, Sites.EMBEDDED.get(page.name()));
    }

    @ParameterizedTest
    @MethodSource("pagesThatNameABroker")
    void the_example_works_with_the_broker_that_the_page_names(ProtocolPage page) throws Exception {
        assertWorks(page, Sites.INSTALLED.get(page.name()));
    }

    private void assertWorks(ProtocolPage page, Supplier<Site> start) throws Exception {
        try (Site site = start.get();
                PatchbayProcess patchbay = start(site).awaitReady()) {
            assertWorks(page, site, new Caller(patchbay.url()));
        }
    }

    private PatchbayProcess start(Site site) throws IOException {
        Path settings =
                Files.writeString(folder.resolve("patchbay.conf"), SETTINGS + site.settings());
        return PatchbayProcess.start(
                folder.resolve("data"),
                FreePort.next(),
                Map.of("PATCHBAY_CONFIG", settings.toString()));
    }

    private static void assertWorks(ProtocolPage page, Site site, Caller caller) throws Exception {
        String connection = "/api/2/connections/page-" + page.name();
        String thing = NAMESPACE + ":" + page.name();
        try {
            // Given
            ObjectNode example = example(page, site);
            site.prepare(example);
            caller.put("/api/2/policies/" + thing, policy(example));
            caller.put("/api/2/things/" + thing, "{\"policyId\": \"" + thing + "\"}");
            site.hear(
                    example.at("/targets/0/address")
                            .asText()
                            .replaceAll("\\{\\{\\s*thing:id\\s*}}", thing)
                            .replaceAll("\\{\\{\\s*thing:name\\s*}}", page.name()));
            caller.put(connection, example.toString());
            awaitThat(() -> caller.get(connection + "/status").contains("\"liveStatus\":\"open\""));

            // When
            int number = 0;
            for (JsonNode address : example.at("/sources/0/addresses")) {
                number++;
                site.sendAs(thing, address.asText(), command(page.name(), number));
                String expected = String.valueOf(number);
                awaitThat(() ->
                        caller.get("/api/2/things/" + thing).contains("received\":" + expected));
            }
            if (example.at("/targets/0/topics/0").asText().contains("/live/messages")) {
                caller.post("/api/2/things/" + thing + "/inbox/messages/published?timeout=0", "42");
            } else {
                caller.put("/api/2/things/" + thing + "/attributes/published", "42");
            }

            // Then
            awaitThat(() -> site.heard().stream().anyMatch(DocumentedProtocolsIT::isIt));
        } finally {
            caller.delete(connection);
            caller.delete("/api/2/things/" + thing);
        }
    }

    /** The event or message that leaves by the target. */
    private static boolean isIt(String payload) {
        JsonNode signal = RunningSystem.json(payload);
        return signal.path("path").asText().endsWith("/published")
                && signal.path("value").asInt() == 42;
    }

    /** With another host and port. */
    private static ObjectNode example(ProtocolPage page, Site site) {
        assertThat(page.example()).as("an example").isPresent();
        ObjectNode example = (ObjectNode) RunningSystem.json(page.example().orElseThrow());
        if (example.has("uri")) {
            String uri = example.path("uri").asText();
            example.put(
                    "uri",
                    uri.replaceFirst("^([a-z]+://(?:[^@/]*@)?)[^/]*", "$1" + site.authority()));
        }
        return example;
    }

    /** The subjects of the example may do what they are there for. */
    private static String policy(ObjectNode example) {
        ObjectNode subjects = example.objectNode();
        Stream.of("/sources/0/authorizationContext/0", "/targets/0/authorizationContext/0")
                .map(example::at)
                .filter(JsonNode::isTextual)
                .forEach(subject -> subjects.putObject(subject.asText()).put("type", "example"));
        subjects.putObject(OWNER).put("type", "the user");
        return """
        {"entries": {"all": {"subjects": %s, "resources": {
          "thing:/": {"grant": ["READ", "WRITE"], "revoke": []},
          "message:/": {"grant": ["READ", "WRITE"], "revoke": []},
          "policy:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
        """
                .formatted(subjects);
    }

    private static String command(String thing, int number) {
        return """
        {"topic": "%s/%s/things/twin/commands/modify", "headers": {"response-required": false},
         "path": "/attributes/received", "value": %d}
        """
                .formatted(NAMESPACE, thing, number);
    }

    private static void awaitThat(Callable<Boolean> what) {
        Awaitility.await().atMost(PATIENCE).until(what);
    }

    /** The owner of the things, who is the operator, too. */
    private record Caller(String url) {

        private static final HttpClient CLIENT = HttpClient.newHttpClient();

        String get(String path) throws Exception {
            return send("GET", path, "").body();
        }

        void put(String path, String body) throws Exception {
            HttpResponse<String> answer = send("PUT", path, body);
            assertThat(answer.statusCode()).as(answer.body()).isIn(201, 204);
        }

        void post(String path, String body) throws Exception {
            HttpResponse<String> answer = send("POST", path, body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }

        void delete(String path) throws Exception {
            send("DELETE", path, "");
        }

        private HttpResponse<String> send(String method, String path, String body)
                throws Exception {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url + path))
                            .method(method, BodyPublishers.ofString(body))
                            .header("authorization", "Basic ZGV2b3BzOmZvb2Jhcg==")
                            .header("content-type", "application/json")
                            .header("x-ditto-pre-authenticated", OWNER)
                            .build();
            return CLIENT.send(request, BodyHandlers.ofString());
        }
    }
}
