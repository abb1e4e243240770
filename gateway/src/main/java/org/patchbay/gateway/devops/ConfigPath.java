package org.patchbay.gateway.devops;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.devops.DevOpsCommand;
import org.patchbay.protocol.Problem;

/** Reads which part of the configuration is asked for. */
public final class ConfigPath {

    private ConfigPath() {}

    /** A path such as {@code ditto.info}; nothing, or an empty one, means the whole. */
    public static DevOpsCommand.RetrieveConfig read(@Nullable String path) {
        if (path == null || path.isBlank()) {
            return new DevOpsCommand.RetrieveConfig("");
        }
        try {
            return new DevOpsCommand.RetrieveConfig(
                    ConfigUtil.joinPath(ConfigUtil.splitPath(path)));
        } catch (ConfigException e) {
            throw Problem.of(
                            400,
                            "json.pointer.invalid",
                            "'" + path + "' is no path into the configuration.")
                    .describedBy("Write keys separated by dots, such as ditto.info.")
                    .asException();
        }
    }
}
