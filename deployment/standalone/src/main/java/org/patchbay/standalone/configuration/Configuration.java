package org.patchbay.standalone.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.patchbay.cluster.node.Node;

/**
 * The configuration as far as it can be read, and what is wrong with it: with something wrong a
 * node does not start, but its operator can still look at the rest.
 *
 * @param wrong one line each
 */
public record Configuration(Config all, List<String> wrong) {

    public Configuration {
        wrong = List.copyOf(wrong);
    }

    /** Reads system properties, the file of settings, the environment and the defaults. */
    public static Configuration read(Map<String, String> environment) {
        Config readable = ConfigFactory.empty();
        try {
            // System properties are kept from the first look on.
            ConfigFactory.invalidateCaches();
            Config given = MountedFile.read(environment);
            readable = Node.settings(given, environment);
            return new Configuration(Node.config(given, environment), List.of());
        } catch (ConfigException e) {
            return new Configuration(readable, List.of(WrongSetting.describe(e, readable)));
        }
    }

    /** Looks at the values with each of these, which throw where one is wrong. */
    public Configuration checkedBy(List<Consumer<Config>> checks) {
        if (all.isEmpty()) {
            return this;
        }
        List<String> found = new ArrayList<>(wrong);
        for (Consumer<Config> check : checks) {
            try {
                check.accept(all);
            } catch (ConfigException e) {
                found.add(WrongSetting.describe(e, all));
            } catch (IllegalArgumentException e) {
                found.add(
                        WrongSetting.describe(
                                new ConfigException.Generic(String.valueOf(e.getMessage()), e),
                                all));
            }
        }
        return new Configuration(all, found.stream().distinct().toList());
    }
}
