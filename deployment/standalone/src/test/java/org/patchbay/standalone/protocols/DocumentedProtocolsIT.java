package org.patchbay.standalone.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.connectivity.transport.page.ProtocolPage;
import org.patchbay.standalone.RunningSystem;

/**
 * The first example of each page works as it stands there, but for host and port: its connection
 * opens, what a device sends changes a twin, and what changes a twin is heard.
 */
@ExtendWith(RunningSystem.Shared.class)
class DocumentedProtocolsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OWNER = "nginx:owner";
    private static final String NAMESPACE = "org.patchbay.pages";
    private static final String THING = "/api/2/things/" + NAMESPACE + ":";

    private final RunningSystem system;

    DocumentedProtocolsIT(RunningSystem system) {
        this.system = system;
    }

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

    @Tag("ci")
    @ParameterizedTest
    @MethodSource("pagesThatNameABroker")
    void the_example_works_with_the_broker_that_the_page_names(ProtocolPage page) throws Exception {
        assertWorks(page, Sites.INSTALLED.get(page.name()));
    }

    private void assertWorks(ProtocolPage page, Supplier<Site> start) throws Exception {
        String connection = "/api/2/connections/page-" + page.name();
        String thing = page.name();
        try (Site site = start.get()) {
            // Given
            ObjectNode example = example(page, site);
            site.prepare(example);
            put("/api/2/policies/" + NAMESPACE + ":" + page.name(), policy(example));
            put(THING + thing, "{\"policyId\": \"" + NAMESPACE + ":" + page.name() + "\"}");
            String heardAt = example.at("/targets/0/address").asText();
            site.hear(heardAt.replaceAll("\\{\\{\\s*thing:name\\s*}}", thing));
            put(connection, example.toString());
            awaitOpen(connection);

            // When
            for (JsonNode address : example.at("/sources/0/addresses")) {
                site.send(address.asText(), command(thing, "received"));
                awaitThat(() -> get(THING + thing + "/attributes/received").statusCode() == 200);
                assertThat(
                                system.send("DELETE", THING + thing + "/attributes", "", owner())
                                        .statusCode())
                        .isEqualTo(204);
            }
            put(THING + thing + "/attributes/published", "42");

            // Then
            awaitThat(() -> site.heard().stream().anyMatch(DocumentedProtocolsIT::isTheEvent));
        } finally {
            system.send("DELETE", connection, "");
            system.send("DELETE", THING + thing, "", owner());
        }
    }

    private static boolean isTheEvent(String payload) {
        JsonNode event = RunningSystem.json(payload);
        return event.path("path").asText().equals("/attributes/published")
                && event.path("value").asInt() == 42;
    }

    /** With another host and port, where the uri names some. */
    private static ObjectNode example(ProtocolPage page, Site site) {
        assertThat(page.example()).as("an example").isPresent();
        ObjectNode example = (ObjectNode) RunningSystem.json(page.example().orElseThrow());
        String uri = example.path("uri").asText();
        example.put(
                "uri", uri.replaceFirst("^([a-z]+://(?:[^@/]*@)?)[^/]*", "$1" + site.authority()));
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
          "policy:/": {"grant": ["READ", "WRITE"], "revoke": []}}}}}
        """
                .formatted(subjects);
    }

    private static String command(String thing, String attribute) {
        return """
        {"topic": "%s/%s/things/twin/commands/modify", "headers": {"response-required": false},
         "path": "/attributes/%s", "value": true}
        """
                .formatted(NAMESPACE, thing, attribute);
    }

    private void awaitOpen(String connection) {
        awaitThat(() -> get(connection + "/status").body().contains("\"liveStatus\":\"open\""));
    }

    private static void awaitThat(Callable<Boolean> what) {
        Awaitility.await().atMost(PATIENCE).until(what);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return system.send("GET", path, "", owner());
    }

    private void put(String path, String body) throws Exception {
        HttpResponse<String> answer = system.send("PUT", path, body, owner());
        assertThat(answer.statusCode()).as(answer.body()).isIn(201, 204);
    }

    private static String[] owner() {
        return new String[] {
            "content-type", "application/json", "x-ditto-pre-authenticated", OWNER
        };
    }
}
