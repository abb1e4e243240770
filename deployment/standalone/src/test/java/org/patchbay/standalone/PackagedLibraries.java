package org.patchbay.standalone;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The libraries that the launch script runs the program with, as the build puts them together. */
final class PackagedLibraries {

    static final Path FOLDER = Path.of("target", "lib");

    /**
     * The class path of the tests without what is there for tests only: a library that the program
     * lacks has to be lacking in its tests, too.
     */
    static String classPath() {
        Predicate<Path> ofProgram =
                entry -> isModule(entry) || Files.exists(FOLDER.resolve(entry.getFileName()));
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(ofProgram)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A module's classes, as a folder or as a jar beside it, but not those of its tests. */
    private static boolean isModule(Path entry) {
        Path folder = entry.getParent();
        return folder != null
                && folder.endsWith("target")
                && !entry.getFileName().toString().contains("test");
    }

    private PackagedLibraries() {}
}
