package org.patchbay.cluster.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.patchbay.cluster.Role;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.devops.DevOps;
import org.patchbay.cluster.namespace.BlockedNamespaces;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoreSettings;
import org.patchbay.cluster.wire.WireBindings;

/** Starts the actor system of one node: whole configuration, prepared store, side services. */
public final class Node {

    /** Part of every actor's address, so it is the same on all nodes. */
    public static final String SYSTEM_NAME = "patchbay";

    private static final String ROLES = "patchbay.roles";

    private Node() {}

    /**
     * The whole configuration of a node: system properties before what the operator gave before the
     * settings of every node before the defaults. A wrong value is a {@link ConfigException}.
     *
     * @param given not resolved yet
     */
    public static Config config(Config given) {
        Config node =
                ConfigFactory.parseResources(
                        Node.class.getClassLoader(),
                        "node.conf",
                        ConfigParseOptions.defaults().setAllowMissing(false));
        Config operators = ConfigFactory.defaultOverrides().withFallback(given).withFallback(node);
        Config ours = operators.withFallback(ConfigFactory.defaultReferenceUnresolved()).resolve();
        return WireBindings.config()
                .withFallback(ConfigFactory.defaultOverrides())
                .withFallback(given)
                .withFallback(MountedSecrets.of(ours))
                .withFallback(StoreSettings.of(ours).plugins())
                .withValue("pekko.cluster.roles", ConfigValueFactory.fromIterable(roleNames(ours)))
                .withFallback(node)
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
    }

    /** Starts a node; its guardian starts the services. */
    public static ActorSystem<Void> start(Behavior<Void> guardian, Config config)
            throws IOException, SQLException {
        StoreSettings.of(config).prepare();
        ActorSystem<Void> system = ActorSystem.create(guardian, SYSTEM_NAME, config);
        Store.of(system);
        SignalBus.of(system);
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
