package org.patchbay.cluster.store;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.patchbay.cluster.store.StoreSettings.Embedded;

/**
 * The store beside Pekko persistence: whether it answers, its upkeep, and what is stored of
 * entities. Upkeep and documents have a thread each, so that one does not wait for the other.
 */
public final class Store implements Extension {

    private final StoreThread upkeep;
    private final StoreThread documentsThread;
    private final StoredDocuments documents;
    private final StoreSettings settings;

    private Store(ActorSystem<?> system) {
        this.settings = StoreSettings.of(system.settings().config());
        this.upkeep = new StoreThread("store-upkeep", settings);
        this.documentsThread = new StoreThread("store-documents", settings);
        this.documents = new JdbcDocuments(documentsThread, system);
        if (settings instanceof Embedded embedded) {
            upkeep.every(
                    embedded.upkeepInterval().toMillis(),
                    "The store's write-ahead log could not be cut",
                    connection -> cutLog(embedded, connection));
        }
        system.getWhenTerminated().whenComplete((_, _) -> close());
    }

    public static Store of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    /** A round trip to the store. */
    public CompletionStage<Done> ping() {
        return upkeep.run(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet _ =
                            statement.executeQuery(
                                    "SELECT max(\"ordering\") FROM \"event_journal\"")) {
                return Done.getInstance();
            }
        });
    }

    /** How long a write takes that changes nothing: it waits for those under way. */
    public CompletionStage<Duration> writeLatency() {
        return documentsThread.run(connection -> {
            long started = System.nanoTime();
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM \"event_journal\" WHERE \"ordering\" < 0");
            }
            return Duration.ofNanos(System.nanoTime() - started);
        });
    }

    /** What is stored of entities. */
    public StoredDocuments documents() {
        return documents;
    }

    /** What is left of payloads that were replaced or deleted, in the files of a store. */
    public enum Remains {
        GONE,
        /** The file is large; it is rewritten when the node starts next. */
        GONE_AFTER_RESTART,
        /** A database server's files are its administrator's. */
        OF_THE_SERVER
    }

    /**
     * Has the store's files hold nothing any more of payloads that were replaced or deleted.
     * Entities that want to store wait meanwhile, for seconds at most.
     */
    public CompletionStage<Remains> forgetRemains() {
        if (!(settings instanceof Embedded embedded)) {
            return CompletableFuture.completedFuture(Remains.OF_THE_SERVER);
        }
        return upkeep.run(connection -> {
            try {
                return new Compaction(embedded).now(connection);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A reader that takes its time keeps the log growing past where SQLite would start it anew. */
    private static Done cutLog(Embedded embedded, Connection connection) throws SQLException {
        File log = new File(embedded.file() + "-wal");
        if (log.length() > embedded.walSizeMaxBytes()) {
            try (Statement statement = connection.createStatement()) {
                // While it waits for readers it keeps writers out: soon give up, try again later.
                statement.execute("PRAGMA busy_timeout=200");
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
        return Done.getInstance();
    }

    private void close() {
        upkeep.close();
        documentsThread.close();
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
