package org.patchbay.connectivity.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.patchbay.connectivity.mapping.MapperFixtures.message;
import static org.patchbay.connectivity.mapping.MapperFixtures.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.MappingDefinition;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.problems.Finding;
import org.patchbay.mapper.PayloadMapper;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.json.Json;

/** Mappers of others, compiled into jars of a folder as operators put them there. */
class OwnMappersTest {

    private static final String SERVICE = "META-INF/services/org.patchbay.mapper.MapperProvider";

    /** Does what the payload says. */
    private static final String SOURCE =
            """
            package other;
            import java.util.List;
            import org.patchbay.mapper.ExternalMessage;
            import org.patchbay.mapper.MapperOptions;
            import org.patchbay.mapper.MapperProvider;
            import org.patchbay.mapper.PayloadMapper;
            import org.patchbay.protocol.Signal;
            public final class %1$s implements MapperProvider {
                public String engine() { return "%2$s"; }
                public PayloadMapper mapper(MapperOptions options) {
                    if (options.isTrue("broken")) throw new IllegalStateException("as configured");
                    options.number("most", 3, 1, 5);
                    return new PayloadMapper() {
                        public List<Signal> inbound(ExternalMessage message) {
                            return switch (message.payloadText()) {
                                case "fail" -> throw new IllegalArgumentException("It says 'fail'.");
                                case "null" -> null;
                                case "deep" -> inbound(message);
                                case "none" -> throw new NoSuchMethodError("of another version");
                                default -> List.of();
                            };
                        }
                        public List<ExternalMessage> outbound(Signal signal) { return List.of(); }
                    };
                }
            }
            """;

    @TempDir private Path plugins;
    @TempDir private Path work;

    private static Mappers mappers(Path folder) {
        Config reference = ConfigFactory.parseResources("reference.conf");
        return new Mappers(
                MappingConfig.of(
                        reference
                                .withValue(
                                        "patchbay.plugins-path",
                                        ConfigValueFactory.fromAnyRef(folder.toString()))
                                .resolve()));
    }

    /** A jar with a provider of that class and engine. */
    private void jar(String file, String type, String engine) throws IOException {
        Path source = work.resolve(type + ".java");
        Files.writeString(source, SOURCE.formatted(type, engine));
        Path classes = Files.createDirectories(work.resolve(file));
        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-proc:none",
                                source.toString());
        assertThat(result).isZero();
        jar(file, "other." + type, classes);
    }

    private void jar(String file, String provider, Path classes) throws IOException {
        try (OutputStream out = Files.newOutputStream(plugins.resolve(file));
                JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> all = Files.walk(classes)) {
            jar.putNextEntry(new JarEntry(SERVICE));
            jar.write(provider.getBytes(StandardCharsets.UTF_8));
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                Files.copy(one, jar);
            }
        }
    }

    private static Connection connection(String mapping) {
        String json =
                """
                {'id': 'c', 'connectionType': 'mqtt', 'connectionStatus': 'closed', 'uri': 'tcp://a:1',
                 'sources': [{'addresses': ['in'], 'authorizationContext': ['x'], %s}]}
                """;
        return ConnectionJson.read(Json.parse(json.formatted(mapping).replace('\'', '"')));
    }

    @Test
    void a_mapper_of_others_is_used_like_one_of_ours() throws IOException {
        jar("a.jar", "Mine", "Mine");

        Mappers mappers = mappers(plugins);

        assertThat(mappers.others()).containsExactly("Mine of other.Mine (a.jar)");
        assertThat(mappers.compile(Map.of(), List.of("Mine"))).hasSize(1);
        assertThat(mappers.blocking(Map.of(), List.of("Mine"))).isTrue();
        assertThat(mappers.check(connection("'payloadMapping': ['Mine', 'Ditto']")).isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fail | It says 'fail'.",
                "null | It gave null.",
                "deep | java.lang.StackOverflowError",
                "none | java.lang.NoSuchMethodError: of another version",
            })
    void whatever_it_does_is_a_failure_with_a_reason(String payload, String reason)
            throws IOException {
        jar("a.jar", "Mine", "Mine");
        PayloadMapper mapper = mappers(plugins).compile(Map.of(), List.of("Mine")).getFirst();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> mapper.inbound(message(payload)))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo("connectivity:message.mapping.failed");
                    assertThat(e.problem().description()).isEqualTo(reason);
                });
        assertThat(mapper.inbound(message("fine"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'most': 7}        | /mappingDefinitions/m/options/most | from 1 to 5",
                "{'most': 'seven'}  | /mappingDefinitions/m/options/most | from 1 to 5",
                "{'broken': 'true'} | /mappingDefinitions/m              | Correct its options",
            })
    void its_options_are_looked_at_when_a_connection_is_created(
            String options, String pointer, String advice) throws IOException {
        jar("a.jar", "Mine", "Mine");

        List<Finding> findings =
                mappers(plugins)
                        .check(
                                connection(
                                        "'payloadMapping': ['m']}], 'mappingDefinitions': {'m':"
                                                + " {'mappingEngine': 'Mine', 'options': "
                                                + options
                                                + "}}, 'targets': [{'address': 'a',"
                                                + " 'authorizationContext': ['x'], 'topics': []"))
                        .all();

        assertThat(findings)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code())
                            .isEqualTo("connectivity:connection.configuration.invalid");
                    assertThat(finding.pointer()).isEqualTo(pointer);
                    assertThat(finding.allowed()).contains(advice);
                });
    }

    @Test
    void a_content_type_block_list_holds_for_it_too() throws IOException {
        jar("a.jar", "Mine", "Mine");
        ObjectNode options = options("content-type-blocklist", "text/plain");
        PayloadMapper mapper =
                mappers(plugins)
                        .mapper("m", new MappingDefinition("Mine", options, Map.of(), Map.of()));

        assertThat(mapper.inbound(message("fail".getBytes(), Map.of("content-type", "text/plain"))))
                .isEmpty();
    }

    @Test
    void a_name_that_is_taken_keeps_the_node_from_starting() throws IOException {
        jar("a.jar", "Mine", "Ditto");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mappers(plugins))
                .withMessageContainingAll("other.Mine (a.jar)", "'Ditto'");
    }

    @Test
    void a_name_that_two_have_keeps_the_node_from_starting() throws IOException {
        jar("a.jar", "Mine", "Same");
        jar("b.jar", "Yours", "Same");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mappers(plugins))
                .withMessageContainingAll("'Same'", ".jar)");
    }

    @Test
    void what_is_no_mapper_keeps_the_node_from_starting() throws IOException {
        jar("a.jar", "other.Nothing", work);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mappers(plugins))
                .withMessageContaining("other.Nothing");
    }

    @Test
    void what_is_no_jar_keeps_the_node_from_starting() throws IOException {
        Files.writeString(plugins.resolve("a.jar"), "no jar");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mappers(plugins))
                .withMessageContainingAll("patchbay.plugins-path", "a.jar");
    }

    @Test
    void a_folder_that_is_not_there_keeps_the_node_from_starting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mappers(plugins.resolve("missing")))
                .withMessageContainingAll("patchbay.plugins-path", "missing");
    }
}
