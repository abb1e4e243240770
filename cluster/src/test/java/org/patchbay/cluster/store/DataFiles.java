package org.patchbay.cluster.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The files of a store that runs: SQLite makes and deletes some while one looks. */
public final class DataFiles {

    private DataFiles() {}

    /** Whether some file below a folder holds these characters. */
    public static boolean hold(Path folder, String text) throws IOException {
        Search search = new Search(text);
        Files.walkFileTree(folder, search);
        return search.found;
    }

    private static final class Search extends SimpleFileVisitor<Path> {
        private final String text;
        private boolean found;

        Search(String text) {
            this.text = text;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found |= holds(file);
            return found ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        private boolean holds(Path file) {
            try {
                return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .contains(text);
            } catch (NoSuchFileException gone) {
                // SQLite deletes its log and index when the last connection of a node is closed.
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (why instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw why;
        }
    }
}
