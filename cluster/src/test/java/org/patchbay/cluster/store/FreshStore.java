package org.patchbay.cluster.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.patchbay.cluster.node.Node;
import org.patchbay.cluster.node.ScratchFolder;

/**
 * An embedded store in a new folder, for suites that start and end their actor system by
 * themselves; the folder goes when all is over, because nothing tells when they have ended.
 */
public final class FreshStore {

    private FreshStore() {}

    public static Config config() {
        try {
            Path data = ScratchFolder.named("store");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> ScratchFolder.delete(data)));
            Config config =
                    Node.config(
                            ConfigFactory.parseMap(
                                    Map.of(
                                            "patchbay.data", data.toString(),
                                            "pekko.actor.provider", "local",
                                            "pekko.loglevel", "WARNING")));
            StoreSettings.of(config).prepare();
            return config;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
