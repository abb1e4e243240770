package org.patchbay.cluster.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.patchbay.cluster.node.Node;

/** An embedded store in a new folder, for suites that start their actor system by themselves. */
final class FreshStore {

    private FreshStore() {}

    static Config config() {
        try {
            Path data = Files.createTempDirectory("patchbay-store");
            data.toFile().deleteOnExit();
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
