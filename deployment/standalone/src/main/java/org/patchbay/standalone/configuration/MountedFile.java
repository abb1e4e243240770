package org.patchbay.standalone.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.util.List;
import java.util.Map;

/** The file of settings that an operator mounts: HOCON, which may include further files. */
final class MountedFile {

    static final String VARIABLE = "PATCHBAY_CONFIG";

    private static final List<String> PROPERTIES =
            List.of("config.file", "config.resource", "config.url");

    private MountedFile() {}

    /** What stands in the file, not resolved yet; nothing where there is none. */
    static Config read(Map<String, String> environment) {
        String path = environment.getOrDefault(VARIABLE, "");
        if (path.isBlank()) {
            ConfigFactory.invalidateCaches();
            return ConfigFactory.defaultApplication();
        }
        for (String property : PROPERTIES) {
            if (System.getProperty(property) != null) {
                throw new ConfigException.Generic(
                        "-D%s and %s each name a file of settings; use one, which may include the other"
                                .formatted(property, VARIABLE));
            }
        }
        return ConfigFactory.parseFile(
                new File(path), ConfigParseOptions.defaults().setAllowMissing(false));
    }
}
