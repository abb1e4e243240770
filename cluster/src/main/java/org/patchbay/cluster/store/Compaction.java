package org.patchbay.cluster.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.patchbay.cluster.store.Store.Remains;
import org.patchbay.cluster.store.StoreSettings.Embedded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rewrites the embedded store's file. Deleted rows are overwritten anyway, but when SQLite moves
 * rows from one page to another it leaves copies behind in the free space of pages, and the
 * write-ahead log holds old pages until it is cut.
 */
final class Compaction {

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final Embedded store;

    Compaction(Embedded store) {
        this.store = store;
    }

    /**
     * At once where that takes seconds, otherwise at the next start. That one does it too where
     * this one fails or is ended.
     */
    Remains now(Connection connection) throws SQLException, IOException {
        Files.write(marker(), new byte[0]);
        if (store.file().toFile().length() > store.compactionSizeMaxBytes()) {
            return Remains.GONE_AFTER_RESTART;
        }
        run(connection);
        Files.delete(marker());
        return Remains.GONE;
    }

    /** Before anything else uses the store: what was left to this start. */
    void ifLeft(Connection connection) throws SQLException, IOException {
        if (Files.exists(marker())) {
            LOG.atInfo().addKeyValue("file", store.file()).log("The store is being compacted.");
            run(connection);
            Files.delete(marker());
        }
    }

    private static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Readers under way are waited for; what is read beside this takes milliseconds.
            statement.execute("PRAGMA busy_timeout=30000");
            statement.execute("VACUUM");
            try (ResultSet cut = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                if (cut.next() && cut.getInt(1) != 0) {
                    throw new SQLException("The write-ahead log is in use and could not be cut");
                }
            }
        }
    }

    private Path marker() {
        return new File(store.file() + "-compact").toPath();
    }
}
