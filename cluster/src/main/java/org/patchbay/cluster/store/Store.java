package org.patchbay.cluster.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.store.StoreSettings.Embedded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store beside Pekko persistence: whether it answers, which ids it holds, and its upkeep. All
 * of it on one thread and one connection of its own, so that it never takes those of the journal.
 */
public final class Store implements Extension {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /**
     * Leaps from one id to the next in the index: a plain DISTINCT would read every event, and a
     * long read keeps the embedded store's log growing.
     */
    private static final String IDS_AFTER =
            """
            WITH RECURSIVE ids (id) AS (
                SELECT (SELECT min("persistence_id") FROM "event_journal" WHERE "persistence_id" > ?)
                UNION ALL
                SELECT (SELECT min("persistence_id") FROM "event_journal" WHERE "persistence_id" > ids.id)
                FROM ids WHERE ids.id IS NOT NULL)
            SELECT id FROM ids WHERE id IS NOT NULL LIMIT ?\
            """;

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final StoreSettings settings;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "store-upkeep");
                thread.setDaemon(true);
                return thread;
            });
    private @Nullable Connection connection;

    private Store(ActorSystem<?> system) {
        this.settings = StoreSettings.of(system.settings().config());
        if (settings instanceof Embedded embedded) {
            long everyMs = embedded.upkeepInterval().toMillis();
            thread.scheduleWithFixedDelay(
                    () -> cutLog(embedded), everyMs, everyMs, TimeUnit.MILLISECONDS);
        }
        system.getWhenTerminated().whenComplete((_, _) -> close());
    }

    public static Store of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    /** A round trip to the store. */
    public CompletionStage<Done> ping() {
        return run(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet _ =
                            statement.executeQuery(
                                    "SELECT max(\"ordering\") FROM \"event_journal\"")) {
                return Done.getInstance();
            }
        });
    }

    /**
     * The persistence ids with this prefix, in order, from the one after {@code after} on (null for
     * the first page). Fewer than {@code limit}: that was the last page.
     */
    public CompletionStage<List<String>> idsAfter(
            String prefix, @Nullable String after, int limit) {
        return run(connection -> {
            try (PreparedStatement query = connection.prepareStatement(IDS_AFTER)) {
                query.setString(1, after == null ? prefix : after);
                query.setInt(2, limit);
                return read(query, prefix);
            }
        });
    }

    private static List<String> read(PreparedStatement query, String prefix) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                String id = rows.getString(1);
                if (!id.startsWith(prefix)) {
                    break;
                }
                ids.add(id);
            }
        }
        return ids;
    }

    private <T> CompletionStage<T> run(Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> complete(result, work));
        } catch (java.util.concurrent.RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
        return result;
    }

    private <T> void complete(CompletableFuture<T> result, Work<T> work) {
        try {
            result.complete(work.on(connection()));
        } catch (SQLException e) {
            disconnect();
            result.completeExceptionally(e);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = settings.connect();
        }
        return connection;
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("The store's side connection did not close cleanly");
        }
        connection = null;
    }

    /** A reader that takes its time keeps the log growing past where SQLite would start it anew. */
    private void cutLog(Embedded embedded) {
        try {
            java.io.File log = new java.io.File(embedded.file() + "-wal");
            if (log.length() > embedded.walSizeMaxBytes()) {
                try (Statement statement = connection().createStatement()) {
                    // While it waits for readers it keeps writers out: soon give up, try again next
                    // time.
                    statement.execute("PRAGMA busy_timeout=200");
                    statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                }
            }
        } catch (SQLException e) {
            disconnect();
            LOG.atWarn().setCause(e).log("The store's write-ahead log could not be cut");
        }
    }

    private void close() {
        thread.execute(this::disconnect);
        thread.shutdown();
    }

    private static final class Id extends ExtensionId<Store> {
        private static final Id INSTANCE = new Id();

        @Override
        public Store createExtension(ActorSystem<?> system) {
            return new Store(system);
        }

        private Store get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
