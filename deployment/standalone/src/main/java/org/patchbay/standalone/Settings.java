package org.patchbay.standalone;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.patchbay.cluster.devops.NamespaceSettings;
import org.patchbay.cluster.node.Node;
import org.patchbay.cluster.store.StoreSettings;
import org.patchbay.connectivity.ConnectivityRoot;
import org.patchbay.gateway.GatewayConfig;
import org.patchbay.gateway.GatewayRoot;
import org.patchbay.standalone.configuration.Configuration;
import org.patchbay.things.ThingsRoot;

/**
 * The configuration of the program, read and checked before anything starts.
 *
 * @param all the whole of it, for the actor system
 * @param joinsItself whether this node makes a cluster of its own at once
 */
record Settings(
        Config all, Path data, GatewayConfig gateway, StoreSettings store, boolean joinsItself) {

    private static final String SEED_NODES = "pekko.cluster.seed-nodes";

    /** What reads the settings of a part and throws where one is wrong. */
    private static final List<Consumer<Config>> CHECKS =
            List.of(
                    GatewayRoot::checkSettings,
                    ConnectivityRoot::checkSettings,
                    ThingsRoot::checkSettings,
                    Node::checkSettings,
                    NamespaceSettings::of);

    /** Reads everything that sets something, and looks at all of it. */
    static Configuration read(Map<String, String> environment) {
        return Configuration.read(environment).checkedBy(CHECKS);
    }

    /** The same for a start: with anything wrong there is none. */
    static Settings load(Map<String, String> environment) {
        Configuration configuration = read(environment);
        if (!configuration.wrong().isEmpty()) {
            throw new StartFailure(String.join("\n", configuration.wrong()));
        }
        Config all = configuration.all();
        return new Settings(
                all,
                Path.of(all.getString("patchbay.data")).toAbsolutePath().normalize(),
                GatewayConfig.of(all),
                StoreSettings.of(all),
                all.getStringList(SEED_NODES).isEmpty());
    }
}
