package org.patchbay.cluster.node;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The project as it is kept, without what builds make of it, in which files come and go. */
public final class SourceTree {

    private static final Set<String> LEFT_OUT = Set.of("target", ".git", "node_modules");

    private SourceTree() {}

    /** The folder of the whole project, from wherever in it the test runs. */
    public static Path top() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** What no test needs: the files of this kind in `src/main` of any module. */
    public static List<Path> mainFiles(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                top(),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return LEFT_OUT.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        String path = file.toString();
                        if (path.contains("/src/main/") && path.endsWith(ending)) {
                            found.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }
}
