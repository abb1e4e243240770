package org.patchbay.standalone.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a setting, in one line: key, value, where it came from, what is allowed. */
public final class WrongSetting {

    private static final Pattern BAD_VALUE = Pattern.compile("Invalid value at '([^']+)': (.*)");
    private static final Pattern WRONG_TYPE =
            Pattern.compile("(\\S+) has type \\w+ rather than (\\w+).*");
    private static final Pattern ANY_KEY =
            Pattern.compile("\\b((?:ditto|patchbay|pekko)\\.[\\w-]+(?:\\.[\\w-]+)*)");
    private static final Pattern JAVA_NAME =
            Pattern.compile("\\b(?:java\\.\\w+(?:\\.\\w+)*\\.)?\\w*Exception: ");

    private static final Map<String, String> TYPES =
            Map.of(
                    "NUMBER", "must be a number",
                    "STRING", "must be a text",
                    "BOOLEAN", "must be true or false",
                    "LIST", "must be a list",
                    "OBJECT", "must be a section with settings of its own");

    private WrongSetting() {}

    /**
     * @param all what the wrong value stands in; empty where nothing could be read
     */
    public static String describe(ConfigException e, Config all) {
        String message = withoutOrigin(e);
        Matcher bad = BAD_VALUE.matcher(message);
        if (bad.matches()) {
            return line(find(bad.group(1), e.origin(), all), bad.group(1), allowed(bad.group(2)));
        }
        Matcher type = WRONG_TYPE.matcher(message);
        if (type.matches()) {
            return line(
                    find(type.group(1), e.origin(), all),
                    type.group(1),
                    TYPES.getOrDefault(type.group(2), message));
        }
        return switch (e) {
            case ConfigException.Parse _, ConfigException.IO _ ->
                    "wrong settings: " + Origin.of(e.origin()) + ": " + plain(message);
            default -> "wrong setting: " + message + setBy(message, all);
        };
    }

    private record Setting(String key, ConfigValue value) {}

    private static String line(Optional<Setting> found, String key, String problem) {
        return found.map(setting ->
                        "wrong setting: %s = %s (%s): %s"
                                .formatted(
                                        setting.key(),
                                        Listing.text(setting.key(), setting.value()),
                                        Origin.of(setting.value()),
                                        problem))
                .orElseGet(() -> "wrong setting: " + key + ": " + problem);
    }

    /** Records read sections, so a key in a message may lack its beginning. */
    private static Optional<Setting> find(String key, ConfigOrigin origin, Config all) {
        List<Setting> found =
                all.entrySet().stream()
                        .filter(entry ->
                                entry.getKey().equals(key) || entry.getKey().endsWith("." + key))
                        .map(entry -> new Setting(entry.getKey(), entry.getValue()))
                        .toList();
        Optional<Setting> same =
                found.stream()
                        .filter(setting -> setting.key().equals(key))
                        .findFirst()
                        .or(() ->
                                found.stream()
                                        .filter(setting -> isFrom(origin, setting))
                                        .findFirst());
        return same.isPresent() || found.size() != 1 ? same : Optional.of(found.getFirst());
    }

    private static boolean isFrom(ConfigOrigin origin, Setting setting) {
        return origin != null
                && setting.value().origin().description().equals(origin.description());
    }

    /** For messages that records word themselves and that hold the whole key. */
    private static String setBy(String message, Config all) {
        Matcher key = ANY_KEY.matcher(message);
        while (key.find()) {
            if (all.hasPath(key.group(1))) {
                String origin = Origin.of(all.getValue(key.group(1)));
                return origin.equals(Origin.DEFAULT) ? "" : " (" + origin + ")";
            }
        }
        return "";
    }

    private static String allowed(String problem) {
        if (problem.contains("duration") || problem.contains("time unit")) {
            return "must be a duration such as 500ms, 10s, 5m or 1h";
        }
        return problem.contains("size-in-bytes") || problem.contains("memory size")
                ? "must be a size such as 500k or 1MiB"
                : problem;
    }

    private static String withoutOrigin(ConfigException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        String prefix = e.origin() == null ? "" : e.origin().description() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    private static String plain(String message) {
        return JAVA_NAME.matcher(message).replaceAll("");
    }
}
