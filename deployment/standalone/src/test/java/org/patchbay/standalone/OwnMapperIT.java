package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.FreePort;
import org.patchbay.cluster.node.SourceTree;

/** The example of a mapper of one's own in a folder of jars, and the program that is told of it. */
class OwnMapperIT {

    private static final String TRIAL =
            """
            {"mappingDefinition": {"mappingEngine": "Frame", "options": {}}, "direction": "incoming",
             "message": {"headers": {"device_id": "org.example:sensor-1"}, "bytePayload": "%s"}}
            """;
    private static final String CONNECTION =
            """
            {"connectionType": "mqtt", "connectionStatus": "closed", "uri": "tcp://127.0.0.1:1",
             "sources": [{"addresses": ["in"], "authorizationContext": ["nginx:ditto"],
                          "payloadMapping": ["frame"]}],
             "mappingDefinitions": {"frame": {"mappingEngine": "Frame",
                                              "options": {"stepsPerDegree": %s}}}}
            """;

    @TempDir private Path folder;
    private Path plugins;

    @BeforeEach
    void packTheExample() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
        Path example = SourceTree.top().resolve("examples/custom-mapper/src/main");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                classes.toString()));
        files(example.resolve("java")).forEach(file -> arguments.add(file.toString()));
        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
        try (OutputStream out = Files.newOutputStream(plugins.resolve("custom-mapper.jar"));
                JarOutputStream jar = new JarOutputStream(out)) {
            add(jar, classes);
            add(jar, example.resolve("resources"));
        }
    }

    private static void add(JarOutputStream jar, Path folder) throws IOException {
        for (Path file : files(folder)) {
            jar.putNextEntry(new JarEntry(folder.relativize(file).toString()));
            Files.copy(file, jar);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void the_example_maps_and_its_options_are_checked() throws Exception {
        try (PatchbayProcess patchbay =
                PatchbayProcess.start(
                                folder.resolve("data"),
                                FreePort.next(),
                                Map.of("PATCHBAY_PLUGINS", plugins.toString()))
                        .awaitReady()) {
            assertThat(post(patchbay, "/mappings/test", TRIAL.formatted("Ce8D9yo=")))
                    .startsWith("200")
                    .contains("\"topic\":\"org.example/sensor-1/things/twin/commands/modify\"")
                    .contains("\"temperature\":{\"properties\":{\"value\":25.43}}");
            assertThat(post(patchbay, "/mappings/test", TRIAL.formatted("Ce8=")))
                    .startsWith("400")
                    .contains("connectivity:message.mapping.failed")
                    .contains("A frame has 5 bytes, this has 2.");
            assertThat(post(patchbay, "", CONNECTION.formatted("0")))
                    .startsWith("400")
                    .contains("connectivity:connection.configuration.invalid")
                    .contains("/mappingDefinitions/frame/options/stepsPerDegree")
                    .contains("from 1 to 1000");
            assertThat(post(patchbay, "", CONNECTION.formatted("10"))).startsWith("201");
        }
    }

    private static String post(PatchbayProcess patchbay, String path, String body)
            throws IOException, InterruptedException {
        return patchbay.send("POST", "/api/2/connections" + path, body);
    }

    @Test
    void a_folder_that_can_not_be_used_is_told_before_anything_starts() throws IOException {
        Files.writeString(plugins.resolve("broken.jar"), "no jar");

        assertThat(Settings.read(Map.of("PATCHBAY_PLUGINS", plugins.toString())).wrong())
                .singleElement()
                .asString()
                .contains("broken.jar");
    }
}
