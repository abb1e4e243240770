package org.patchbay.cluster.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;

/** Documents put into a node's store by hand, so that they are as old as a test wants them. */
public record StoreRows(ActorSystem<?> node) {

    /** An event a second, the n-th so many seconds after this time. */
    public void events(String id, int from, int to, Instant at) {
        insert(
                """
                INSERT INTO "event_journal" ("persistence_id", "sequence_number", "write_timestamp",
                    "writer", "adapter_manifest", "event_payload", "event_ser_id", "event_ser_manifest")
                VALUES (?, ?, ?, 'w', '', ?, 72824229, 'problem')\
                """,
                IntStream.rangeClosed(from, to)
                        .mapToObj(n -> row(id, n, at.plusSeconds(n)))
                        .toList());
    }

    public void snapshot(String id, int number, Instant at) {
        insert(
                """
                INSERT INTO "snapshot" ("persistence_id", "sequence_number", "created",
                    "snapshot_payload", "snapshot_ser_id", "snapshot_ser_manifest")
                VALUES (?, ?, ?, ?, 72824229, 'problem')\
                """,
                List.of(row(id, number, at)));
    }

    public void clear() {
        execute("DELETE FROM \"event_journal\"");
        execute("DELETE FROM \"snapshot\"");
    }

    /** Makes all documents of an entity so much older. */
    public void age(String id, Duration by) {
        execute(
                "UPDATE \"event_journal\" SET \"write_timestamp\" = \"write_timestamp\" - "
                        + by.toMillis()
                        + " WHERE \"persistence_id\" = '"
                        + id
                        + "'");
        execute(
                "UPDATE \"snapshot\" SET \"created\" = \"created\" - "
                        + by.toMillis()
                        + " WHERE \"persistence_id\" = '"
                        + id
                        + "'");
    }

    static String payload(int number) {
        return "{\"status\":%d,\"code\":\"code\",\"message\":\"message\"}".formatted(number);
    }

    private static List<Object> row(String id, int number, Instant at) {
        return List.of(
                id, number, at.toEpochMilli(), payload(number).getBytes(StandardCharsets.UTF_8));
    }

    private void insert(String sql, List<List<Object>> rows) {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (List<Object> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return StoreSettings.of(node.settings().config()).connect();
    }
}
