package org.patchbay.connectivity.mapping;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.patchbay.connectivity.plugin.Plugins;
import org.patchbay.mapper.MapperProvider;

/**
 * Finds the mappers of others, on the class path and in the jars of a folder. Their code is trusted
 * like our own; classes that both have are ours.
 */
final class OwnMappers {

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
        return providers(Plugins.loader(folder));
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
