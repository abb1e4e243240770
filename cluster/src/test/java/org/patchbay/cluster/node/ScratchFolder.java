package org.patchbay.cluster.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Folders for the servers of tests. */
public final class ScratchFolder {

    private static final int TRIES = 5;

    private ScratchFolder() {}

    public static Path named(String name) {
        try {
            return Files.createTempDirectory("patchbay-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Also while a server that was just ended still writes or deletes its last files. */
    public static void delete(Path folder) {
        for (int tries = 1; ; tries++) {
            try {
                Files.walkFileTree(folder, new Deletion());
                return;
            } catch (DirectoryNotEmptyException filledMeanwhile) {
                if (tries == TRIES) {
                    throw new UncheckedIOException(filledMeanwhile);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (why instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw why;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why)
                throws IOException {
            if (why != null) {
                throw why;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
