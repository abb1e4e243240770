package org.patchbay.cluster.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.patchbay.cluster.Role;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.devops.DevOps;
import org.patchbay.cluster.health.Health;
import org.patchbay.cluster.label.AckLabelSettings;
import org.patchbay.cluster.label.AckLabels;
import org.patchbay.cluster.namespace.BlockedNamespaces;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoreSettings;
import org.patchbay.cluster.wire.WireBindings;

/** Starts the actor system of one node: whole configuration, prepared store, side services. */
public final class Node {

    /** Part of every actor's address, so it is the same on all nodes. */
    public static final String SYSTEM_NAME = "patchbay";

    /** How the origin of a value begins that came from the environment; its name follows. */
    public static final String ENVIRONMENT_VARIABLE = "environment variable ";

    private static final String ROLES = "patchbay.roles";

    private Node() {}

    /**
     * The whole configuration of a node: system properties before what the operator gave before the
     * settings of every node before the defaults. A wrong value is a {@link ConfigException}.
     *
     * @param given not resolved yet
     */
    public static Config config(Config given) {
        return config(given, System.getenv());
    }

    /**
     * @param environment what {@code ${?VARIABLE}} stands for
     */
    public static Config config(Config given, Map<String, String> environment) {
        Config ours = settings(given, environment);
        return WireBindings.config()
                .withFallback(ConfigFactory.defaultOverrides())
                .withFallback(given)
                .withFallback(MountedSecrets.of(ours))
                .withFallback(StoreSettings.of(ours).plugins())
                .withValue(
                        "pekko.cluster.roles",
                        ConfigValueFactory.fromIterable(
                                roleNames(ours), "worked out from " + ROLES))
                .withFallback(node())
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve(from(environment));
    }

    /** The same without what follows from it, so without a look at its values. */
    public static Config settings(Config given, Map<String, String> environment) {
        return ConfigFactory.defaultOverrides()
                .withFallback(given)
                .withFallback(node())
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve(from(environment));
    }

    /** What holds where nobody sets anything. */
    public static Config defaults() {
        return node().withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve(from(Map.of()));
    }

    private static Config node() {
        return ConfigFactory.parseResources(
                Node.class.getClassLoader(),
                "node.conf",
                ConfigParseOptions.defaults().setAllowMissing(false));
    }

    private static ConfigResolveOptions from(Map<String, String> environment) {
        return ConfigResolveOptions.noSystem().appendResolver(new Variables(environment));
    }

    /**
     * Reads the settings that every node needs, so that a wrong one is told before anything starts.
     *
     * @throws ConfigException that says which setting it is and what is allowed
     */
    public static void checkSettings(Config config) {
        StoreSettings.of(config);
        Shards.checkSettings(config);
        Health.checkSettings(config);
        AckLabelSettings.of(config);
        config.getStringList("pekko.cluster.seed-nodes");
        config.getBoolean("patchbay.reveal-secrets");
    }

    /** Starts a node; its guardian starts the services. */
    public static ActorSystem<Void> start(Behavior<Void> guardian, Config config)
            throws IOException, SQLException {
        StoreSettings.of(config).prepare();
        ActorSystem<Void> system = ActorSystem.create(guardian, SYSTEM_NAME, config);
        Store.of(system);
        SignalBus.of(system);
        AckLabels.of(system);
        BlockedNamespaces.of(system);
        Shards.of(system);
        DevOps.of(system);
        return system;
    }

    /** The roles that a configuration gives its node. */
    public static List<Role> roles(Config config) {
        List<Role> roles = new ArrayList<>();
        for (String name : config.getString(ROLES).split(",")) {
            roles.add(role(name.strip()));
        }
        return roles;
    }

    private static List<String> roleNames(Config config) {
        return roles(config).stream().map(Role::wireName).toList();
    }

    private static Role role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.wireName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new ConfigException.BadValue(
                                ROLES, "'" + name + "' is none of gateway, connectivity, things"));
    }
}
