package org.patchbay.cluster.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Secrets that lie in files, as container platforms mount them: for each {@code secrets.<key>.name}
 * the content of the file of that name becomes {@code secrets.<key>.value}.
 */
final class MountedSecrets {

    private static final String FOLDER = "patchbay.secrets-path";
    private static final String SECRETS = "secrets";

    private MountedSecrets() {}

    /** The values of those secrets whose files are there. */
    static Config of(Config config) {
        Config values = ConfigFactory.empty();
        if (!config.hasPath(SECRETS)) {
            return values;
        }
        Path folder = Path.of(config.getString(FOLDER));
        for (String key : config.getObject(SECRETS).keySet()) {
            String nameKey = SECRETS + "." + key + ".name";
            Path file =
                    config.hasPath(nameKey) ? folder.resolve(config.getString(nameKey)) : folder;
            if (Files.isRegularFile(file)) {
                values =
                        values.withValue(
                                SECRETS + "." + key + ".value",
                                ConfigValueFactory.fromAnyRef(
                                        content(nameKey, file), file.toString()));
            }
        }
        return values;
    }

    /** Without the line break that editors add. */
    private static String content(String key, Path file) {
        try {
            String content = Files.readString(file).stripTrailing();
            if (content.isEmpty()) {
                throw new ConfigException.BadValue(
                        key, "names the file " + file + ", which is empty");
            }
            return content;
        } catch (IOException e) {
            throw new ConfigException.BadValue(
                    key, "names the file " + file + ", which can't be read: " + e, e);
        }
    }
}
