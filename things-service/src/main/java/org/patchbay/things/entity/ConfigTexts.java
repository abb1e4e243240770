package org.patchbay.things.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.util.Arrays;
import java.util.List;

/** What the configuration records of this service share. */
public final class ConfigTexts {

    private ConfigTexts() {}

    /** A list, or a text with commas, as environment variables can hold it. */
    public static List<String> list(Config config, String path) {
        if (config.getValue(path).valueType() == ConfigValueType.LIST) {
            return config.getStringList(path);
        }
        return Arrays.stream(config.getString(path).split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    public static void require(boolean holds, String key, Object value, String allowed) {
        if (!holds) {
            throw new ConfigException.BadValue(
                    key, value + " is not allowed; it must be " + allowed);
        }
    }
}
