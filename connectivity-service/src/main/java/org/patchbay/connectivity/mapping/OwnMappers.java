package org.patchbay.connectivity.mapping;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.patchbay.mapper.MapperProvider;

/**
 * Finds the mappers of others, on the class path and in the jars of a folder. Their code is trusted
 * like our own; classes that both have are ours.
 */
final class OwnMappers {

    private static final String SETTING = "patchbay.plugins-path";

    private OwnMappers() {}

    /** A provider and where it is from. */
    record Own(MapperProvider provider) {
        @Override
        public String toString() {
            String name = provider.getClass().getName();
            CodeSource from = provider.getClass().getProtectionDomain().getCodeSource();
            return from == null || from.getLocation() == null
                    ? name
                    : name + " (" + fileName(from.getLocation()) + ")";
        }

        private static String fileName(URL location) {
            Path file = Path.of(URI.create(location.toString()));
            return String.valueOf(file.getFileName());
        }
    }

    /**
     * All that there are.
     *
     * @param folder of jars; blank for none
     * @throws IllegalArgumentException that says which jar or provider can't be used, and why
     */
    static List<Own> load(String folder) {
        ClassLoader ours = OwnMappers.class.getClassLoader();
        return folder.isBlank()
                ? providers(ours)
                : providers(new URLClassLoader("plugins", jars(Path.of(folder)), ours));
    }

    private static URL[] jars(Path folder) {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                jars.add(jar(file));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    SETTING + " is '" + folder + "', which is no folder that can be read: " + e, e);
        }
        return jars.toArray(URL[]::new);
    }

    /**
     * Whether it is one is found out here, because class loaders pass over what they can't read.
     */
    private static URL jar(Path file) throws IOException {
        try (JarFile _ = new JarFile(file.toFile())) {
            return file.toUri().toURL();
        } catch (IOException e) {
            throw new IOException(file.getFileName() + " is no jar: " + e.getMessage(), e);
        }
    }

    private static List<Own> providers(ClassLoader loader) {
        try {
            return ServiceLoader.load(MapperProvider.class, loader).stream()
                    .map(provider -> new Own(provider.get()))
                    .peek(OwnMappers::requireName)
                    .toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(
                    "A mapper of others can't be used: " + e.getMessage() + " (" + cause + ")", e);
        }
    }

    private static void requireName(Own own) {
        String name = own.provider().engine();
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(own + " has no name: its engine() gives none.");
        }
    }
}
