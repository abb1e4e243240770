package org.patchbay.standalone.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.patchbay.cluster.node.Node;
import org.patchbay.standalone.configuration.Variable.Disposition;
import org.patchbay.standalone.configuration.Variable.Disposition.Elsewhere;
import org.patchbay.standalone.configuration.Variable.Disposition.Honoured;
import org.patchbay.standalone.configuration.Variable.Disposition.Instead;
import org.patchbay.standalone.configuration.Variable.Disposition.NotYet;

/**
 * Settings in a file or on the command line that nobody reads: every key there is has a default, so
 * what has none is misspelt, or one of Ditto's without a meaning here.
 */
final class UnknownSettings {

    /** Former names that a default takes its value from. */
    private static final Set<String> FORMER =
            Set.of("ditto.gateway.authentication.devops.securestatus");

    private final Config all;
    private final KnownVariables known;
    private final Config defaults = Node.defaults();

    UnknownSettings(Config all, KnownVariables known) {
        this.all = all;
        this.known = known;
    }

    List<String> warnings() {
        Map<String, ConfigValue> unknown = new TreeMap<>();
        all.entrySet().stream()
                .filter(entry -> isOurs(entry.getKey()))
                .filter(entry -> !hasMeaning(entry.getKey()))
                .forEach(entry -> unknown.put(entry.getKey(), entry.getValue()));
        List<String> lines = new ArrayList<>();
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        unknown.forEach((key, value) -> {
            String origin = " (" + Origin.of(value) + ")";
            Optional<String> reason = reason(key);
            if (reason.isPresent()) {
                byReason.computeIfAbsent(reason.get(), _ -> new ArrayList<>()).add(key + origin);
            } else {
                lines.add(key + origin + " is not known and without effect" + meant(key));
            }
        });
        byReason.forEach((reason, keys) -> lines.add(String.join(", ", keys) + " " + reason));
        return lines;
    }

    private static boolean isOurs(String key) {
        return key.startsWith("ditto.") || key.startsWith("patchbay.");
    }

    /** A section that is empty by default, and a list, may be filled with anything. */
    private boolean hasMeaning(String key) {
        if (defaults.hasPathOrNull(key) || FORMER.contains(key)) {
            return true;
        }
        List<String> path = ConfigUtil.splitPath(key);
        for (int length = path.size() - 1; length > 0; length--) {
            String section = ConfigUtil.joinPath(path.subList(0, length));
            if (defaults.hasPathOrNull(section)) {
                return !defaults.hasPath(section)
                        || !(defaults.getValue(section) instanceof ConfigObject object)
                        || object.isEmpty();
            }
        }
        return false;
    }

    /** Keys of Ditto's whose variables are without effect have the same reason. */
    private Optional<String> reason(String key) {
        return known.all().stream()
                .filter(variable -> variable.key().equals(key))
                .flatMap(variable -> reason(variable.disposition()).stream())
                .findFirst();
    }

    static Optional<String> reason(Disposition disposition) {
        return switch (disposition) {
            case NotYet(var why) -> Optional.of("without effect yet: " + why);
            case Instead(var text) -> Optional.of("without effect: " + text);
            case Honoured _, Elsewhere _ -> Optional.empty();
        };
    }

    private String meant(String key) {
        List<String> keys = defaults.entrySet().stream().map(Map.Entry::getKey).toList();
        return Spelling.nearest(key, keys).map(other -> "; is " + other + " meant?").orElse(".");
    }
}
