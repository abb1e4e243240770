package org.patchbay.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.TestCluster;

class StoreIT {

    @TempDir Path data;

    @Test
    void lists_the_ids_of_one_kind_page_by_page() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> node = cluster.start();
            write(node, IntStream.range(100, 350).mapToObj(i -> "connection:" + i).toList());
            write(
                    node,
                    List.of(
                            "a",
                            "connectio",
                            "connections",
                            "thing:a:b",
                            "/sharding/connectionShard/1"));

            List<String> ids = new ArrayList<>();
            List<String> page = page(node, null);
            while (!page.isEmpty()) {
                ids.addAll(page);
                page = page(node, page.getLast());
            }

            assertThat(ids)
                    .isEqualTo(IntStream.range(100, 350).mapToObj(i -> "connection:" + i).toList());
        }
    }

    @Test
    void cuts_a_log_that_a_long_read_has_made_grow() throws Exception {
        try (TestCluster cluster =
                TestCluster.in(
                        data,
                        Behaviors::empty,
                        "patchbay.embedded { upkeep-interval = 100ms, wal-size-max = 1 MiB }")) {
            ActorSystem<Void> node = cluster.start();
            write(node, List.of("connection:a", "connection:b"));
            assertThat(page(node, null)).hasSize(2);
            try (Connection reader = settings(node).connect();
                    Statement statement = reader.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT * FROM \"event_journal\"")) {
                assertThat(rows.next()).isTrue();
                write(node, IntStream.range(0, 20_000).mapToObj(i -> "connection:" + i).toList());
                assertThat(Files.size(data.resolve("patchbay.db-wal"))).isGreaterThan(1 << 20);
            }

            Awaitility.await().until(() -> Files.size(data.resolve("patchbay.db-wal")) == 0);
        }
    }

    private static List<String> page(ActorSystem<?> node, @Nullable String after) throws Exception {
        return Store.of(node)
                .documents()
                .idsAfter("connection:", after, 100)
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    private static void write(ActorSystem<?> node, List<String> ids) throws Exception {
        try (Connection connection = settings(node).connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                """
                                INSERT INTO "event_journal" ("persistence_id", "sequence_number", "writer",
                                    "write_timestamp", "adapter_manifest", "event_payload", "event_ser_id",
                                    "event_ser_manifest")
                                VALUES (?, ?, 'w', 1, '', x'00', 1, 'm')\
                                """)) {
            connection.setAutoCommit(false);
            for (String id : ids) {
                for (int number = 1; number <= 3; number++) {
                    insert.setString(1, id);
                    insert.setInt(2, number);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    private static StoreSettings settings(ActorSystem<?> node) {
        return StoreSettings.of(node.settings().config());
    }
}
