package org.patchbay.connectivity.plugin;

import com.typesafe.config.Config;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** Loads classes of others from a folder of jars; classes that both have are ours. */
public final class Plugins {

    private static final String SETTING = "patchbay.plugins-path";

    private Plugins() {}

    /** The folder that the settings name; blank for none. */
    public static String folder(Config root) {
        return root.getString(SETTING);
    }

    /**
     * Finds our own classes and those in the folder that the settings name.
     *
     * @throws IllegalArgumentException that says what of the folder can't be read
     */
    public static ClassLoader loader(Config root) {
        return loader(folder(root));
    }

    /**
     * The same.
     *
     * @param folder of jars; blank for none
     */
    public static ClassLoader loader(String folder) {
        ClassLoader ours = Plugins.class.getClassLoader();
        return folder.isBlank() ? ours : new URLClassLoader("plugins", jars(folder), ours);
    }

    private static URL[] jars(String folder) {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder), "*.jar")) {
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
}
