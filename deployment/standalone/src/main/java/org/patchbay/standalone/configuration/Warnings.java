package org.patchbay.standalone.configuration;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.patchbay.standalone.configuration.Variable.Disposition.Honoured;

/**
 * What an operator should know of the variables and settings that are set and change nothing.
 * Values are never shown: any may be a secret.
 */
public final class Warnings {

    /** Whoever sets one of these means us, or Ditto. */
    private static final Pattern MEANT_FOR_US =
            Pattern.compile(
                    "(PATCHBAY|DITTO|CONNECTIVITY|CONNECTION|HONO_CONNECTION|MONGO_DB|AMQP_?10"
                            + "|KAFKA_(CONSUMER|PRODUCER|COMMITTER)|MQTT_CONSUMER|GATEWAY|DEVOPS"
                            + "|STATUS_OAUTH2|OAUTH|THINGS|THING|POLICIES|POLICY|ENFORCEMENT|LIMITS"
                            + "|CLEANUP|RECONNECT|PERSISTENCE_PING|HEALTH_CHECK)_.+");

    /** Kubernetes tells every container the addresses of all services of its namespace. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile(".+_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    /** Shorter names are near to too many others. */
    private static final int LENGTH_MIN = 8;

    private final Map<String, String> environment;
    private final Config all;
    private final KnownVariables known;

    private Warnings(Map<String, String> environment, Config all, KnownVariables known) {
        this.environment = environment;
        this.all = all;
        this.known = known;
    }

    /** One line for each reason, naming all variables it holds for. */
    public static List<String> of(
            Map<String, String> environment, Config all, KnownVariables known) {
        Warnings warnings = new Warnings(environment, all, known);
        List<String> lines = new ArrayList<>(warnings.withoutEffect());
        lines.addAll(warnings.overruled());
        lines.addAll(warnings.unknown());
        lines.addAll(new UnknownSettings(all, known).warnings());
        return lines;
    }

    private List<String> withoutEffect() {
        Map<String, List<String>> namesByReason = new LinkedHashMap<>();
        for (Variable variable : known.all()) {
            if (environment.containsKey(variable.name())) {
                UnknownSettings.reason(variable.disposition())
                        .ifPresent(reason ->
                                namesByReason
                                        .computeIfAbsent(reason, _ -> new ArrayList<>())
                                        .add(variable.name()));
            }
        }
        return namesByReason.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " " + entry.getKey())
                .toList();
    }

    private List<String> overruled() {
        List<String> lines = new ArrayList<>();
        for (Variable variable : known.all()) {
            String text = environment.get(variable.name());
            if (text == null
                    || !(variable.disposition() instanceof Honoured)
                    || !all.hasPath(variable.key())) {
                continue;
            }
            ConfigValue value = all.getValue(variable.key());
            boolean same = text.equals(String.valueOf(value.unwrapped()));
            if (!same && !Origin.variable(value).equals(Optional.of(variable.name()))) {
                lines.add(
                        "%s without effect: %s comes from %s, which goes before it."
                                .formatted(variable.name(), variable.key(), Origin.of(value)));
            }
        }
        return lines;
    }

    private List<String> unknown() {
        List<String> names = known.all().stream().map(Variable::name).toList();
        List<String> lines = new ArrayList<>();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (known.named(name).isPresent() || isServiceLink(name)) {
                continue;
            }
            Optional<String> meant =
                    name.length() < LENGTH_MIN ? Optional.empty() : Spelling.nearest(name, names);
            if (meant.isPresent() || MEANT_FOR_US.matcher(name).matches()) {
                lines.add(
                        name
                                + " is not known and without effect"
                                + meant.map(other -> "; is " + other + " meant?").orElse("."));
            }
        }
        return lines;
    }

    private boolean isServiceLink(String name) {
        return SERVICE_LINK.matcher(name).matches()
                || name.endsWith("_PORT")
                        && SERVICE_ADDRESS.matcher(environment.getOrDefault(name, "")).matches();
    }
}
