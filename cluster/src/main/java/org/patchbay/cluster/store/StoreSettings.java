package org.patchbay.cluster.store;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.patchbay.cluster.SecretKeys;

/**
 * Which store this node uses and how to reach it: the section {@code patchbay.store} and what
 * belongs to it.
 */
public sealed interface StoreSettings {

    String KEY = "patchbay.store";

    /** As an operator writes it. */
    String name();

    String url();

    String user();

    String password();

    /**
     * @param file the database, below the data folder
     * @param walSizeMaxBytes from which size on the write-ahead log is cut
     * @param compactionSizeMaxBytes up to which size the database is compacted while it is used
     */
    record Embedded(
            Path file, Duration upkeepInterval, long walSizeMaxBytes, long compactionSizeMaxBytes)
            implements StoreSettings {

        @Override
        public String name() {
            return "embedded";
        }

        @Override
        public String url() {
            return "jdbc:sqlite:"
                    + file
                    + "?journal_mode=WAL&synchronous=FULL&busy_timeout=30000"
                    + "&transaction_mode=IMMEDIATE&foreign_keys=true"
                    + "&journal_size_limit=134217728&cache_size=-32768"
                    // What is deleted may have been a secret.
                    + "&secure_delete=true";
        }

        @Override
        public String user() {
            return "";
        }

        @Override
        public String password() {
            return "";
        }
    }

    record Postgresql(String url, String user, String password) implements StoreSettings {

        @Override
        public String name() {
            return "postgresql";
        }

        @Override
        public String toString() {
            return "Postgresql[" + SecretKeys.shown(KEY, url) + ", " + user + "]";
        }
    }

    static StoreSettings of(Config config) {
        String name = config.getString(KEY);
        return switch (name) {
            case "embedded" ->
                    new Embedded(
                            Path.of(config.getString("patchbay.data"))
                                    .toAbsolutePath()
                                    .normalize()
                                    .resolve(config.getString("patchbay.embedded.file")),
                            config.getDuration("patchbay.embedded.upkeep-interval"),
                            config.getBytes("patchbay.embedded.wal-size-max"),
                            config.getBytes("patchbay.embedded.compaction-size-max"));
            case "postgresql" ->
                    new Postgresql(
                            config.getString("patchbay.postgresql.url"),
                            config.getString("patchbay.postgresql.user"),
                            config.getString("patchbay.postgresql.password"));
            case "mongodb" ->
                    throw new ConfigException.BadValue(
                            KEY,
                            "mongodb is not supported yet; PATCHBAY_STORE is embedded or postgresql");
            default ->
                    throw new ConfigException.BadValue(
                            KEY, "PATCHBAY_STORE is embedded or postgresql, not '" + name + "'");
        };
    }

    /**
     * What Pekko's persistence plugins need to know, to be put in front of a node's configuration.
     */
    default Config plugins() {
        return ConfigFactory.parseMap(
                        Map.of("pekko-persistence-jdbc.shared-databases.slick.db.url", url()),
                        "worked out from " + KEY)
                .withFallback(
                        ConfigFactory.parseResources(
                                StoreSettings.class.getClassLoader(),
                                "store/" + name() + ".conf",
                                ConfigParseOptions.defaults().setAllowMissing(false)));
    }

    default Connection connect() throws SQLException {
        try {
            return DriverManager.getConnection(url(), user(), password());
        } catch (SQLException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains(url())) {
                // Where no driver knows it, the message repeats the address, password and all.
                throw new SQLException(
                        message.replace(url(), SecretKeys.shown(KEY, url())), e.getSQLState());
            }
            throw e;
        }
    }

    /** Makes the folder and the tables where they are missing; the first contact with the store. */
    default void prepare() throws IOException, SQLException {
        if (this instanceof Embedded embedded) {
            Files.createDirectories(Objects.requireNonNull(embedded.file().getParent()));
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : schema().split(";")) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
            if (this instanceof Embedded embedded) {
                new Compaction(embedded).ifLeft(connection);
            }
        }
    }

    private String schema() {
        try (InputStream in =
                StoreSettings.class.getResourceAsStream("/store/" + name() + ".sql")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
