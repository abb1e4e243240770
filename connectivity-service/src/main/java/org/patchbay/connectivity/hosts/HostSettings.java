package org.patchbay.connectivity.hosts;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.hosts.HostRules;
import org.patchbay.connectivity.model.hosts.Subnet;

/** Reads the host rules from the configuration. */
public final class HostSettings {

    private static final String SECTION = "ditto.connectivity.connection.";
    private static final String BLOCKED_SUBNETS = SECTION + "blocked-subnets";
    private static final String BLOCKED_REGEX = SECTION + "blocked-host-regex";
    private static final String LOOPBACK = "patchbay.connectivity.allow-loopback-addresses";

    private HostSettings() {}

    public static HostRules of(Config config) {
        return new HostRules(
                texts(config, SECTION + "allowed-hostnames"),
                texts(config, SECTION + "blocked-hostnames"),
                subnets(config),
                regex(config),
                loopback(config));
    }

    private static boolean loopback(Config config) {
        return switch (config.getString(LOOPBACK)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            case "standalone" -> config.getString("patchbay.store").equals("embedded");
            case String other ->
                    throw new ConfigException.BadValue(
                            LOOPBACK, "must be on, off or standalone, not '" + other + "'");
        };
    }

    private static List<Subnet> subnets(Config config) {
        return texts(config, BLOCKED_SUBNETS).stream()
                .map(
                        read(
                                BLOCKED_SUBNETS,
                                Subnet::parse,
                                "must be subnets such as 10.0.0.0/8, separated by commas"))
                .toList();
    }

    private static @Nullable Pattern regex(Config config) {
        String text = config.getString(BLOCKED_REGEX).strip();
        return text.isEmpty()
                ? null
                : read(BLOCKED_REGEX, Pattern::compile, "must be a regular expression").apply(text);
    }

    private static <T> Function<String, T> read(
            String key, Function<String, T> parse, String allowed) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new ConfigException.BadValue(key, "'" + text + "' " + allowed, e);
            }
        };
    }

    private static Set<String> texts(Config config, String key) {
        return Arrays.stream(config.getString(key).split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
