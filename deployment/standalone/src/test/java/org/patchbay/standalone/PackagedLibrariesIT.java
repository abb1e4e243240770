package org.patchbay.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackagedLibrariesIT {

    /**
     * A dependency of a test can keep a library out, and nobody notices before its transport is
     * opened.
     */
    @Test
    void hold_every_class_that_the_program_names() throws IOException {
        List<Path> libraries = jars(PackagedLibraries.FOLDER);
        List<Path> own =
                libraries.stream()
                        .filter(jar -> jar.getFileName().toString().contains("SNAPSHOT"))
                        .toList();
        assertThat(own).isNotEmpty();

        List<String> arguments = new ArrayList<>(List.of("--multi-release", "base"));
        arguments.addAll(List.of("--missing-deps", "--class-path", joined(libraries)));
        arguments.add(Path.of("target", "classes").toString());
        own.forEach(jar -> arguments.add(jar.toString()));
        StringWriter missing = new StringWriter();
        PrintWriter out = new PrintWriter(missing);
        int exit =
                ToolProvider.findFirst("jdeps")
                        .orElseThrow()
                        .run(out, out, arguments.toArray(String[]::new));

        assertThat(missing.toString()).isEmpty();
        assertThat(exit).isZero();
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
