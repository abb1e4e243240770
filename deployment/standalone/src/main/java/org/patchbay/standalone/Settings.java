package org.patchbay.standalone;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.patchbay.cluster.devops.NamespaceSettings;
import org.patchbay.cluster.node.Node;
import org.patchbay.cluster.store.StoreSettings;
import org.patchbay.connectivity.ConnectivityRoot;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.things.ThingsRoot;

/**
 * The configuration of the program, read and checked before anything starts.
 *
 * @param all the whole of it, for the actor system
 * @param joinsItself whether this node makes a cluster of its own at once
 */
record Settings(
        Config all, Path data, GatewayConfig gateway, StoreSettings store, boolean joinsItself) {

    /** Where messages about wrong values name the key. */
    private static final Pattern KEY =
            Pattern.compile("Invalid value at '([^']+)'|([\\w.-]+) has (?:type|wrong value)");

    /** Reads environment, system properties and the file named by {@code -Dconfig.file}. */
    static Settings load(Map<String, String> environment) {
        Config all;
        try {
            all = Node.config(ConfigFactory.defaultApplication());
        } catch (ConfigException e) {
            throw new StartFailure(describe(e, asGiven(), environment), e);
        }
        try {
            ConnectivityRoot.checkSettings(all);
            ThingsRoot.checkSettings(all);
            NamespaceSettings.of(all);
            return new Settings(
                    all,
                    Path.of(all.getString("patchbay.data")).toAbsolutePath().normalize(),
                    GatewayConfig.of(all),
                    StoreSettings.of(all),
                    all.getStringList("pekko.cluster.seed-nodes").isEmpty());
        } catch (ConfigException e) {
            throw new StartFailure(describe(e, all, environment), e);
        }
    }

    /**
     * One line about a wrong setting; what came from the environment is named as its operator wrote
     * it.
     */
    static String describe(ConfigException e, Config all, Map<String, String> environment) {
        String message = oneLine(e);
        Matcher key = KEY.matcher(message);
        String setBy =
                key.find()
                        ? setBy(
                                key.group(1) == null ? key.group(2) : key.group(1),
                                all,
                                environment)
                        : "";
        return "wrong setting: " + message + (setBy.isEmpty() ? "" : " (" + setBy + ")");
    }

    /**
     * The settings without what a node adds, for a message; empty where not even these can be read.
     */
    private static Config asGiven() {
        try {
            return ConfigFactory.defaultApplication()
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve();
        } catch (ConfigException e) {
            return ConfigFactory.empty();
        }
    }

    private static String setBy(String key, Config all, Map<String, String> environment) {
        return all.entrySet().stream()
                .filter(entry -> entry.getKey().equals(key) || entry.getKey().endsWith("." + key))
                .map(entry -> String.valueOf(entry.getValue().unwrapped()))
                .flatMap(value ->
                        environment.entrySet().stream()
                                .filter(set -> set.getValue().equals(value))
                                .filter(set -> isSetting(set.getKey())))
                .map(set -> set.getKey() + "=" + set.getValue())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String oneLine(ConfigException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    /** Variables of the shell may hold the same text by chance. */
    private static boolean isSetting(String variable) {
        return variable.equals(variable.toUpperCase(Locale.ROOT)) && !variable.startsWith("_");
    }
}
