package org.patchbay.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.store.Store.Remains;
import org.patchbay.cluster.store.StoreSettings.Embedded;

class CompactionTest {

    private static final String SECRET = "s3cr3t";
    private static final int ROWS = 500;

    @TempDir Path data;

    @Test
    void nothing_of_what_was_replaced_is_left_in_the_files() throws Exception {
        Embedded store = store(Long.MAX_VALUE);
        replaceAll(store);

        try (Connection connection = store.connect()) {
            assertThat(new Compaction(store).now(connection)).isEqualTo(Remains.GONE);
            assertThat(DataFiles.hold(data, SECRET)).isFalse();
            assertThat(rows(connection)).isEqualTo(ROWS);
        }
        assertThat(data.resolve("patchbay.db-compact")).doesNotExist();
    }

    @Test
    void a_large_file_is_compacted_at_the_next_start() throws Exception {
        Embedded store = store(0);
        replaceAll(store);
        try (Connection connection = store.connect()) {
            assertThat(new Compaction(store).now(connection)).isEqualTo(Remains.GONE_AFTER_RESTART);
            assertThat(DataFiles.hold(data, SECRET)).isTrue();
        }

        store.prepare();

        assertThat(DataFiles.hold(data, SECRET)).isFalse();
        assertThat(data.resolve("patchbay.db-compact")).doesNotExist();
    }

    @Test
    void what_is_deleted_is_overwritten() throws Exception {
        Embedded store = store(0);
        store.prepare();
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement();
                ResultSet on = statement.executeQuery("PRAGMA secure_delete")) {
            assertThat(on.getInt(1)).isEqualTo(1);
        }
    }

    private Embedded store(long compactionSizeMax) {
        return new Embedded(
                data.resolve("patchbay.db"), Duration.ofHours(1), 1 << 25, compactionSizeMax);
    }

    /** Inserted in no order, so that pages are split and leave copies behind. */
    private static void replaceAll(Embedded store) throws IOException, SQLException {
        store.prepare();
        try (Connection connection = store.connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO \"snapshot\" VALUES (?, 1, 1, 1, 'm', ?, NULL, NULL,"
                                        + " NULL)");
                Statement replace = connection.createStatement()) {
            for (int i = 0; i < ROWS; i++) {
                insert.setString(1, "connection:" + (i * 7919) % ROWS);
                insert.setBytes(2, (SECRET + "x".repeat(i)).getBytes(StandardCharsets.UTF_8));
                insert.execute();
            }
            replace.execute("UPDATE \"snapshot\" SET \"snapshot_payload\" = x'00'");
        }
    }

    private static int rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT count(*) FROM \"snapshot\"")) {
            return count.getInt(1);
        }
    }
}
