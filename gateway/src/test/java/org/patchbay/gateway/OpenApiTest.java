package org.patchbay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.typesafe.config.ConfigFactory;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.patchbay.gateway.apidoc.OpenApi;
import org.patchbay.gateway.http.Route;

/** The description of the API says what there is, and nothing else. */
class OpenApiTest {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "patch", "delete", "head", "options", "trace");
    private static final Pattern READ =
            Pattern.compile("exchange\\s*\\.(?:parameter|flag|parameterOrHeader)\\(\"([^\"]+)\"");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

    private static final ObjectNode DOCUMENT = OpenApi.document();
    private static ActorTestKit kit;
    private static List<Route> routes;

    @BeforeAll
    static void look() {
        kit = ActorTestKit.create("openapi", ConfigFactory.load());
        routes =
                HttpServer.routes(
                        kit.system(),
                        GatewayConfig.of(kit.system().settings().config()),
                        kit.<org.apache.pekko.actor.typed.SpawnProtocol.Command>createTestProbe()
                                .ref());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void every_resource_and_method_is_described_and_nothing_else() {
        Map<String, Set<String>> served = new TreeMap<>();
        for (Route route : routes) {
            Set<String> methods = new TreeSet<>(route.methods().keySet());
            String path = "/" + String.join("/", route.pattern());
            boolean open = path.endsWith("/**");
            String bare = shape(open ? path.substring(0, path.length() - 3) : path);
            if (open) {
                served.merge(bare + "/{}", methods, OpenApiTest::both);
            }
            // Of several routes that match the first counts, and messages want a subject.
            if (!bare.endsWith("/messages")) {
                served.putIfAbsent(bare, methods);
            }
        }

        assertThat(described()).isEqualTo(served);
    }

    @Test
    void every_operation_has_an_id_of_its_own_and_says_who_may_and_what_it_answers() {
        List<String> ids = new ArrayList<>();
        forEachOperation((path, method, operation) -> {
            String where = method + " " + path;
            ids.add(operation.path("operationId").asText());
            assertThat(operation.path("summary").asText()).as(where).isNotEmpty();
            assertThat(operation.has("security")).as(where).isTrue();
            assertThat(operation.path("responses")).as(where).isNotEmpty();
            assertThat(variables(path))
                    .as(where)
                    .isEqualTo(pathParameters(DOCUMENT.at(pointer("paths", path)), operation));
        });

        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void every_parameter_that_is_read_is_described() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                READ.matcher(Files.readString(file)).results().forEach(it -> read.add(it.group(1)));
            }
        }
        Set<String> described =
                DOCUMENT.findValuesAsText("name").stream().collect(Collectors.toSet());

        assertThat(read).hasSizeGreaterThan(5);
        assertThat(described).containsAll(read);
    }

    @Test
    void every_reference_leads_somewhere() {
        DOCUMENT.findValues("$ref")
                .forEach(ref ->
                        assertThat(DOCUMENT.at(ref.textValue().substring(1)).isMissingNode())
                                .as(ref.textValue())
                                .isFalse());
    }

    @Test
    void nothing_is_described_that_is_not_used() {
        Set<String> used =
                DOCUMENT.findValues("$ref").stream()
                        .map(JsonNode::textValue)
                        .collect(Collectors.toSet());
        Set<String> unused = new TreeSet<>();
        for (String kind : List.of("schemas", "parameters", "responses", "headers")) {
            DOCUMENT.at("/components/" + kind)
                    .fieldNames()
                    .forEachRemaining(name -> unused.add("#/components/" + kind + "/" + name));
        }
        unused.removeAll(used);

        assertThat(unused).isEmpty();
    }

    @Test
    void it_has_the_form_of_openapi() {
        assertThat(complaints(DOCUMENT)).isEmpty();
        assertThat(complaints(DOCUMENT.deepCopy().put("paths", "none"))).isNotEmpty();
    }

    private static List<String> complaints(JsonNode document) {
        return new OpenAPIV3Parser().readContents(document.toString()).getMessages();
    }

    @Test
    void every_schema_is_one() {
        JsonSchema meta =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(
                                SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        DOCUMENT.at("/components/schemas")
                .properties()
                .forEach(schema ->
                        assertThat(meta.validate(schema.getValue())).as(schema.getKey()).isEmpty());
    }

    @Test
    void every_example_fits_its_schema() {
        List<String> seen = new ArrayList<>();
        forEachWithSchema(
                DOCUMENT,
                "",
                (at, schema, example) -> {
                    assertThat(schema(schema).validate(example)).as(at).isEmpty();
                    seen.add(at);
                });

        assertThat(seen).hasSizeGreaterThan(30);
    }

    @Test
    void what_is_no_connection_does_not_fit_its_schema() {
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        reference.put("$ref", "#/components/schemas/NewConnection");
        ObjectNode connection =
                (ObjectNode)
                        DOCUMENT.at(pointer("paths", "/api/2/connections"))
                                .at("/post/requestBody/content/application~1json/example")
                                .deepCopy();
        connection.put("clientCount", "many");

        assertThat(schema(reference).validate(connection)).isNotEmpty();
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static String shape(String path) {
        return VARIABLE.matcher(path).replaceAll("{}");
    }

    private static Map<String, Set<String>> described() {
        Map<String, Set<String>> described = new TreeMap<>();
        forEachOperation((path, method, _) ->
                described
                        .computeIfAbsent(shape(path), _ -> new TreeSet<>())
                        .add(method.toUpperCase(Locale.ROOT)));
        return described;
    }

    private interface Operation {
        void at(String path, String method, JsonNode operation);
    }

    private static void forEachOperation(Operation operation) {
        DOCUMENT.get("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(method -> {
                                    if (METHODS.contains(method.getKey())) {
                                        operation.at(
                                                path.getKey(), method.getKey(), method.getValue());
                                    }
                                }));
    }

    private static Set<String> variables(String path) {
        return VARIABLE.matcher(path)
                .results()
                .map(it -> it.group().substring(1, it.group().length() - 1))
                .collect(Collectors.toSet());
    }

    private static Set<String> pathParameters(JsonNode path, JsonNode operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode holder : List.of(path, operation)) {
            StreamSupport.stream(holder.path("parameters").spliterator(), false)
                    .map(OpenApiTest::resolved)
                    .filter(parameter -> parameter.path("in").asText().equals("path"))
                    .forEach(parameter -> names.add(parameter.path("name").asText()));
        }
        return names;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").textValue().substring(1)) : node;
    }

    private interface Example {
        void of(String at, JsonNode schema, JsonNode example);
    }

    /** Wherever an example stands beside a schema. */
    private static void forEachWithSchema(JsonNode node, String at, Example example) {
        JsonNode schema = node.path("schema");
        if (schema.isObject() && node.has("example")) {
            example.of(at, schema, node.get("example"));
        }
        if (schema.isObject() && node.path("examples").isObject()) {
            node.get("examples")
                    .properties()
                    .forEach(one ->
                            example.of(
                                    at + "/" + one.getKey(), schema, one.getValue().get("value")));
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(field ->
                            forEachWithSchema(
                                    field.getValue(), at + "/" + field.getKey(), example));
        }
    }

    /** A schema with the components that it may refer to. */
    private static JsonSchema schema(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", DOCUMENT.get("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        whole,
                        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    }

    private static String pointer(String... segments) {
        return List.of(segments).stream()
                .map(segment -> "/" + segment.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
