package org.patchbay.cluster.devops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SecretKeys;

/**
 * Shows what a process was started with, without its secrets. Of the configuration {@link
 * SecretKeys} says what they are. Beside it there are the environment and the arguments, in which
 * anything may stand under any name: masked is what a name announces, what a text gives away (a
 * private key, a bearer token), and every text that is a secret of the configuration or the
 * environment, wherever it turns up again.
 */
final class SecretMask {

    /** Shorter secrets are not looked for in other texts: they would match by chance. */
    private static final int TELLING_LENGTH = 8;

    private static final Set<String> LAST_WORDS =
            Set.of("auth", "key", "keys", "pass", "pwd", "users");
    private static final Set<String> WORDS =
            Set.of(
                    "apikey",
                    "authentication",
                    "credential",
                    "credentials",
                    "passphrase",
                    "passwd",
                    "password",
                    "passwords",
                    "secret",
                    "secrets",
                    "token",
                    "tokens");

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

    private record Telling(Pattern form, String masked) {}

    private static final List<Telling> TELLING =
            List.of(
                    new Telling(
                            Pattern.compile(
                                    "(?i)([\\w.-]{0,60}(?:password|passwd|passphrase|secret|token|api[-_.]?key"
                                            + "|access[-_.]?key|private[-_.]?key)[\\w.-]{0,20}\\s*[=:]\\s*)"
                                            + "(?:\"[^\"]*\"|'[^']*'|[^\\s&;,]+)"),
                            "$1" + SecretKeys.MASK),
                    new Telling(
                            Pattern.compile(
                                    "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"),
                            SecretKeys.MASK),
                    new Telling(
                            Pattern.compile("(?i)\\b(basic|bearer)\\s+[\\w+/=.~-]{6,}"),
                            "$1 " + SecretKeys.MASK),
                    new Telling(
                            Pattern.compile("\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*"), SecretKeys.MASK),
                    new Telling(
                            Pattern.compile("\\$2[abxy]?\\$\\d\\d\\$[./\\w]{53}"),
                            SecretKeys.MASK));

    /** Longer ones first: one may hold another. */
    private final List<String> known;

    private SecretMask(List<String> known) {
        this.known = known;
    }

    /** Learns which texts are secrets from where they are set. */
    static SecretMask of(Config config, Map<String, String> environment) {
        Stream<String> variables =
                environment.entrySet().stream()
                        .filter(variable -> namesSecret(variable.getKey()))
                        .map(Map.Entry::getValue);
        Stream<String> settings =
                config.entrySet().stream()
                        .filter(setting -> SecretKeys.isSecret(setting.getKey()))
                        .map(setting -> String.valueOf(setting.getValue().unwrapped()));
        return new SecretMask(
                Stream.concat(variables, settings)
                        .filter(secret -> secret.length() >= TELLING_LENGTH)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    /** The value of a variable, as it may be seen. */
    String variable(String name, String value) {
        boolean says = value.isEmpty() || value.equals("true") || value.equals("false");
        return namesSecret(name) && !says ? SecretKeys.MASK : text(value);
    }

    /** A text without what in it is secret. */
    String text(String value) {
        String masked = SecretKeys.shown("text", value);
        for (String secret : known) {
            masked = masked.replace(secret, SecretKeys.MASK);
        }
        for (Telling telling : TELLING) {
            masked = telling.form().matcher(masked).replaceAll(telling.masked());
        }
        return masked;
    }

    /**
     * A value of the configuration as JSON.
     *
     * @param path where it stands; empty for the whole
     */
    JsonNode json(String path, ConfigValue value) {
        return path.isEmpty()
                ? json(SecretKeys.masked(((ConfigObject) value).toConfig()).root())
                : json(SecretKeys.masked(path, value));
    }

    private JsonNode json(ConfigValue masked) {
        return switch (masked) {
            case ConfigObject object -> {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                object.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(entry -> json.set(entry.getKey(), json(entry.getValue())));
                yield json;
            }
            case ConfigList list -> {
                ArrayNode json = JsonNodeFactory.instance.arrayNode();
                list.forEach(element -> json.add(json(element)));
                yield json;
            }
            default -> leaf(masked.unwrapped());
        };
    }

    private JsonNode leaf(@Nullable Object value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case null -> json.nullNode();
            case Boolean flag -> json.booleanNode(flag);
            case Integer number -> json.numberNode(number);
            case Long number -> json.numberNode(number);
            case Number number -> json.numberNode(BigDecimal.valueOf(number.doubleValue()));
            default -> json.textNode(text(value.toString()));
        };
    }

    private static boolean namesSecret(String name) {
        List<String> words =
                Arrays.stream(BETWEEN_WORDS.split(name))
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList();
        return (!words.isEmpty() && LAST_WORDS.contains(words.getLast()))
                || words.stream().anyMatch(WORDS::contains);
    }
}
