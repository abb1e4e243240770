package org.patchbay.connectivity.transport.signing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.patchbay.connectivity.plugin.Plugins;

/**
 * The algorithms that the settings name, ours and those of others: {@code name = "the class"}. A
 * class of others comes on the class path or in a jar among the plug-ins; it is trusted like our
 * own.
 */
public final class Algorithms {

    private Algorithms() {}

    /**
     * One of each, by name.
     *
     * @param path of the section that lists them
     * @param kind what each of them has to be
     * @throws IllegalArgumentException that names the setting that can't be used
     */
    public static <T> Map<String, T> of(Config root, String path, Class<T> kind) {
        ConfigObject section = root.getObject(path);
        ClassLoader loader = Plugins.loader(root);
        Map<String, T> all = new LinkedHashMap<>();
        section.forEach((name, value) -> {
            String setting = path + "." + name;
            all.put(name, made(setting, String.valueOf(value.unwrapped()), kind, loader));
        });
        return Map.copyOf(all);
    }

    private static <T> T made(String setting, String type, Class<T> kind, ClassLoader loader) {
        try {
            Class<?> found = Class.forName(type, true, loader);
            if (!kind.isAssignableFrom(found)) {
                throw new IllegalArgumentException(
                        setting + " is '" + type + "', which is no " + kind.getName());
            }
            return kind.cast(found.getConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalArgumentException(
                    setting
                            + " is '"
                            + type
                            + "', of which nothing can be made: the class has to be there, with a"
                            + " public constructor that takes nothing: "
                            + e,
                    e);
        }
    }
}
