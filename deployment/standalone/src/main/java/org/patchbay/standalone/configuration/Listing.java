package org.patchbay.standalone.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.patchbay.cluster.SecretKeys;
import org.patchbay.standalone.configuration.Variable.Disposition.Elsewhere;
import org.patchbay.standalone.configuration.Variable.Disposition.Honoured;
import org.patchbay.standalone.configuration.Variable.Disposition.Instead;
import org.patchbay.standalone.configuration.Variable.Disposition.NotYet;

/**
 * The effective configuration as text: a setting a line with where it came from, and itself HOCON.
 */
public final class Listing {

    /** Where the comments stand when there is room. */
    private static final int COLUMN = 72;

    private final Config all;
    private final KnownVariables known;

    public Listing(Config all, KnownVariables known) {
        this.all = all;
        this.known = known;
    }

    /**
     * All settings of Patchbay and Ditto, and those of libraries that have another value than they
     * came with.
     */
    public List<String> ours() {
        return lines(entry ->
                isOurs(entry.getKey())
                        || entry.getKey().startsWith("pekko")
                                && !Origin.isLibrarys(entry.getValue())
                                && !isInternal(entry.getKey()));
    }

    /** Settings of all libraries and system properties besides. */
    public List<String> everything() {
        return lines(_ -> true);
    }

    /** A setting, a section, or the setting of a variable; empty where there is none such. */
    public List<String> of(String keyOrVariable) {
        Optional<Variable> variable = known.named(keyOrVariable);
        return variable.isPresent()
                ? of(variable.get())
                : lines(entry ->
                        entry.getKey().equals(keyOrVariable)
                                || entry.getKey().startsWith(keyOrVariable + "."));
    }

    /** What may have been meant by a key that there is not. */
    public Optional<String> nearest(String key) {
        List<String> names = new ArrayList<>();
        all.entrySet().forEach(entry -> names.add(entry.getKey()));
        known.all().forEach(variable -> names.add(variable.name()));
        return Spelling.nearest(key, names);
    }

    private List<String> of(Variable variable) {
        return switch (variable.disposition()) {
            case Honoured _ -> of(variable.key());
            case NotYet(var why) ->
                    List.of("# " + variable.name() + " is without effect yet: " + why);
            case Instead(var text) ->
                    List.of("# " + variable.name() + " is without effect: " + text);
            case Elsewhere(var meaning) -> List.of("# " + variable.name() + ": " + meaning);
        };
    }

    private List<String> lines(Predicate<Map.Entry<String, ConfigValue>> wanted) {
        Map<String, ConfigValue> sorted = new TreeMap<>();
        all.entrySet().stream()
                .filter(wanted)
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String line(String key, ConfigValue value) {
        String setting = key + " = " + text(key, value);
        return pad(setting) + "  # " + Origin.of(value);
    }

    private static String pad(String text) {
        return text.length() >= COLUMN ? text : text + " ".repeat(COLUMN - text.length());
    }

    /** A value in one line, without secrets. */
    static String text(String key, ConfigValue value) {
        return SecretKeys.masked(key, value).render(ConfigRenderOptions.concise());
    }

    private static boolean isOurs(String key) {
        String top = ConfigUtil.splitPath(key).getFirst();
        return top.equals("ditto") || top.equals("patchbay") || top.equals("secrets");
    }

    /** Worked out for the wire, several hundred lines of class names. */
    private static boolean isInternal(String key) {
        return key.startsWith("pekko.actor.serialization-bindings");
    }
}
