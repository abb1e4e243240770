package org.patchbay.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which settings are secrets: the one rule for all that shows a configuration to somebody. The
 * configuration is a tree of texts and comes from files and libraries that know no type for
 * secrets, so here, and only here, a key's name decides. What is shown too little of does less harm
 * than what is shown too much of.
 */
public final class SecretKeys {

    /** What stands where a secret is. */
    public static final String MASK = "***";

    /** Last words of a key, without case, hyphens and underscores. */
    private static final List<String> ENDINGS =
            List.of(
                    "password",
                    "passwd",
                    "passphrase",
                    "secret",
                    "token",
                    "secretkey",
                    "accesskey",
                    "sharedkey",
                    "privatekey",
                    "symmetricalkey",
                    "apikey",
                    "credentials");

    /** Secrets whose names do not say so. */
    private static final Set<String> NAMED =
            Set.of("patchbay.gateway.users", "ditto.mongodb.authentication");

    /** A mounted secret: {@code secrets.<name>.value}. */
    private static final Pattern MOUNTED = Pattern.compile("secrets\\..+\\.value");

    private static final Pattern USER_INFO = Pattern.compile("(://[^/?#\\s:@]*):[^/?#\\s]*@");
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "([?&;][^=&;\\s]*(?:password|passwd|secret|token|apikey)[^=&;\\s]*=)[^&;\\s]*",
                    Pattern.CASE_INSENSITIVE);

    private SecretKeys() {}

    /** Whether all that stands at this key is a secret. */
    public static boolean isSecret(String key) {
        if (NAMED.contains(key) || MOUNTED.matcher(key).matches()) {
            return true;
        }
        List<String> path = ConfigUtil.splitPath(key);
        String last = path.getLast().toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
        return ENDINGS.stream().anyMatch(last::endsWith);
    }

    /** A text as it may be shown: nothing of a secret, and no password inside of an address. */
    public static String shown(String key, String text) {
        if (text.isEmpty()) {
            return text;
        }
        if (isSecret(key)) {
            return MASK;
        }
        String withoutPassword = USER_INFO.matcher(text).replaceAll("$1:" + MASK + "@");
        return PARAMETER.matcher(withoutPassword).replaceAll("$1" + MASK);
    }

    /** A resolved configuration as it may be shown. */
    public static Config masked(Config config) {
        Config shown = ConfigFactory.empty();
        for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
            String key = ConfigUtil.joinPath(entry.getKey());
            shown = shown.withValue(key, masked(key, entry.getValue()));
        }
        return shown;
    }

    /** A resolved value as it may be shown; its origin stays. */
    public static ConfigValue masked(String key, ConfigValue value) {
        ConfigValue shown =
                switch (value.valueType()) {
                    case OBJECT -> ConfigValueFactory.fromMap(maskedFields(key, value));
                    case LIST -> maskedList(key, value);
                    case STRING, NUMBER ->
                            maskedText(key, value, String.valueOf(value.unwrapped()));
                    case BOOLEAN, NULL -> value;
                };
        return shown.withOrigin(value.origin());
    }

    private static Map<String, ConfigValue> maskedFields(String key, ConfigValue value) {
        Map<String, ConfigValue> fields = new LinkedHashMap<>();
        ((Map<?, ?>) value)
                .forEach((name, field) ->
                        fields.put(
                                String.valueOf(name),
                                masked(
                                        key + "." + ConfigUtil.joinPath(String.valueOf(name)),
                                        (ConfigValue) field)));
        return fields;
    }

    /** The texts of a list are secrets together or not at all. */
    private static ConfigValue maskedList(String key, ConfigValue value) {
        List<?> items = (List<?>) value;
        if (isSecret(key) && !items.isEmpty()) {
            return ConfigValueFactory.fromIterable(List.of(MASK));
        }
        return ConfigValueFactory.fromIterable(
                items.stream().map(item -> masked(key, (ConfigValue) item)).toList());
    }

    private static ConfigValue maskedText(String key, ConfigValue value, String text) {
        String shown = shown(key, text);
        return shown.equals(text) ? value : ConfigValueFactory.fromAnyRef(shown);
    }
}
