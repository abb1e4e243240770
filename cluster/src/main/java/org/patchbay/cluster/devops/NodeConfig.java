package org.patchbay.cluster.devops;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration that this node runs with, as an operator may see it. */
final class NodeConfig {

    private static final String INFO = "ditto.info";

    private final Config config;
    private final String instance;
    private final SecretMask mask;
    private final Map<String, String> environment;
    private final List<String> arguments;

    private NodeConfig(
            Config config,
            String instance,
            SecretMask mask,
            Map<String, String> environment,
            List<String> arguments) {
        this.config = config;
        this.instance = instance;
        this.mask = mask;
        this.environment = environment;
        this.arguments = arguments;
    }

    static NodeConfig of(Config config, String instance) {
        Map<String, String> environment = System.getenv();
        return new NodeConfig(
                config,
                instance,
                SecretMask.of(config, environment),
                environment,
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /**
     * What stands at a path; nothing where there is nothing. Beside the settings there is {@code
     * ditto.info}: the service, its instance, the arguments of the JVM and the environment.
     */
    Optional<JsonNode> at(String path, Service service) {
        Config all = withInfo(service);
        if (path.isEmpty()) {
            return Optional.of(mask.json("", all.root()));
        }
        return all.hasPath(path)
                ? Optional.of(mask.json(path, all.getValue(path)))
                : Optional.empty();
    }

    private Config withInfo(Service service) {
        Map<String, String> variables =
                environment.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> mask.variable(entry.getKey(), entry.getValue())));
        return config.withValue(
                        path(INFO, "service"),
                        ConfigValueFactory.fromMap(
                                Map.of("name", service.wireName(), "instance-id", instance)))
                .withValue(path(INFO, "env"), ConfigValueFactory.fromMap(variables))
                .withValue(
                        path(INFO, "vm-args"),
                        ConfigValueFactory.fromIterable(
                                arguments.stream().map(mask::text).toList()));
    }

    private static String path(String section, String key) {
        return section + "." + ConfigUtil.quoteString(key);
    }
}
