package org.patchbay.cluster.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.patchbay.cluster.node.Node;

/**
 * An embedded store in a new folder, for suites that start and end their actor system by
 * themselves; the folder goes when all is over, because nothing tells when they have ended.
 */
public final class FreshStore {

    private FreshStore() {}

    public static Config config() {
        try {
            Path data = Files.createTempDirectory("patchbay-store");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(data)));
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

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
