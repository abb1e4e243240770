package org.patchbay.cluster.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.wire.WireSerializer;

/** Stored documents in the tables of the JDBC plugin, in SQLite and PostgreSQL alike. */
final class JdbcDocuments implements StoredDocuments {

    /** Larger bites keep entities that want to store waiting. */
    private static final int ERASED_AT_ONCE = 500;

    private final StoreThread thread;
    private final ActorSystem<?> system;

    JdbcDocuments(StoreThread thread, ActorSystem<?> system) {
        this.thread = thread;
        this.system = system;
    }

    @Override
    public CompletionStage<List<String>> idsAfter(
            String prefix, @Nullable String after, int limit) {
        return query(DocumentSql.IDS, row -> row.getString(1), page(prefix, after, limit));
    }

    @Override
    public CompletionStage<List<StoredEntity>> entitiesAfter(
            String prefix, @Nullable String after, int limit) {
        return query(DocumentSql.ENTITIES, JdbcDocuments::document, page(prefix, after, limit))
                .thenApply(JdbcDocuments::byEntity);
    }

    @Override
    public CompletionStage<List<Holding>> holdingsAfter(
            String prefix, @Nullable String after, Instant aged, int limit) {
        Object[] page = page(prefix, after, limit);
        return query(
                DocumentSql.HOLDINGS,
                JdbcDocuments::holding,
                page[0],
                page[1],
                page[2],
                page[3],
                page[4],
                aged.toEpochMilli());
    }

    @Override
    public CompletionStage<Optional<Holding>> holding(String persistenceId, Instant aged) {
        return query(
                        DocumentSql.HOLDING,
                        JdbcDocuments::holding,
                        persistenceId,
                        persistenceId,
                        aged.toEpochMilli())
                .thenApply(found -> found.stream().filter(JdbcDocuments::isThere).findFirst());
    }

    @Override
    public CompletionStage<List<StoredDocument>> documentsAfter(
            Part part, String prefix, @Nullable Position after, int limit) {
        return query(
                part == Part.EVENT ? DocumentSql.EVENTS : DocumentSql.SNAPSHOTS,
                JdbcDocuments::document,
                after == null ? prefix : after.persistenceId(),
                after == null ? Long.MIN_VALUE : after.sequenceNr(),
                DocumentSql.end(prefix),
                limit);
    }

    @Override
    public CompletionStage<Boolean> replacePayload(StoredDocument before, String payload) {
        String sql =
                before.part() == Part.EVENT
                        ? DocumentSql.REPLACE_EVENT
                        : DocumentSql.REPLACE_SNAPSHOT;
        return update(
                        sql,
                        payload.getBytes(StandardCharsets.UTF_8),
                        before.persistenceId(),
                        before.sequenceNr(),
                        before.payload().getBytes(StandardCharsets.UTF_8))
                .thenApply(changed -> changed > 0);
    }

    @Override
    public CompletionStage<Optional<StoredDocument>> snapshotUpTo(
            String persistenceId, long sequenceNr, Instant storedAt) {
        return query(
                        DocumentSql.SNAPSHOT_UP_TO,
                        JdbcDocuments::document,
                        persistenceId,
                        sequenceNr,
                        storedAt.toEpochMilli())
                .thenApply(found -> found.stream().findFirst());
    }

    @Override
    public CompletionStage<Optional<StoredDocument>> oldestSnapshot(String persistenceId) {
        return query(DocumentSql.OLDEST_SNAPSHOT, JdbcDocuments::document, persistenceId)
                .thenApply(found -> found.stream().findFirst());
    }

    @Override
    public CompletionStage<Integer> deleteBefore(String persistenceId, long snapshot, int limit) {
        return thread.run(connection -> {
            int events =
                    change(
                            connection,
                            DocumentSql.DELETE_EVENTS,
                            persistenceId,
                            persistenceId,
                            snapshot,
                            limit,
                            persistenceId,
                            snapshot);
            int left = limit - events;
            return left <= 0
                    ? events
                    : events
                            + change(
                                    connection,
                                    DocumentSql.DELETE_SNAPSHOTS,
                                    persistenceId,
                                    persistenceId,
                                    snapshot,
                                    left,
                                    persistenceId,
                                    snapshot);
        });
    }

    @Override
    public CompletionStage<Integer> erase(String persistenceId) {
        return eraseFrom(persistenceId, DocumentSql.ERASE_EVENTS, 0)
                .thenCompose(count -> eraseFrom(persistenceId, DocumentSql.ERASE_SNAPSHOTS, count));
    }

    private CompletionStage<Integer> eraseFrom(String persistenceId, String sql, int before) {
        return update(sql, persistenceId, persistenceId, ERASED_AT_ONCE)
                .thenCompose(count ->
                        count < ERASED_AT_ONCE
                                ? CompletableFuture.completedFuture(before + count)
                                : eraseFrom(persistenceId, sql, before + count));
    }

    @Override
    public Object read(StoredDocument document) {
        return SerializationExtension.get(Adapter.toClassic(system))
                .deserialize(
                        document.payload().getBytes(StandardCharsets.UTF_8),
                        WireSerializer.IDENTIFIER,
                        document.manifest())
                .get();
    }

    private interface Row<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private <T> CompletionStage<List<T>> query(String sql, Row<T> row, Object... values) {
        return thread.run(connection -> {
            List<T> found = new ArrayList<>();
            try (PreparedStatement query = prepare(connection, sql, values);
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(row.of(rows));
                }
            }
            return found;
        });
    }

    private CompletionStage<Integer> update(String sql, Object... values) {
        return thread.run(connection -> change(connection, sql, values));
    }

    private static int change(Connection connection, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement update = prepare(connection, sql, values)) {
            return update.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** The first id twice: it may be that of an event or of a snapshot. */
    private static Object[] page(String prefix, @Nullable String after, int limit) {
        String from = after == null ? prefix : after;
        String end = DocumentSql.end(prefix);
        return new Object[] {from, from, end, limit, end};
    }

    private static StoredDocument document(ResultSet row) throws SQLException {
        return new StoredDocument(
                Objects.requireNonNull(row.getString(1)).equals("e") ? Part.EVENT : Part.SNAPSHOT,
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                new String(row.getBytes(6), StandardCharsets.UTF_8));
    }

    private static Holding holding(ResultSet row) throws SQLException {
        String manifest = row.getString(7);
        return new Holding(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5),
                row.getLong(6),
                manifest == null ? "" : manifest,
                row.getLong(8));
    }

    private static boolean isThere(Holding holding) {
        return holding.lastEvent() > 0 || holding.newestSnapshot() > 0;
    }

    private static List<StoredEntity> byEntity(List<StoredDocument> documents) {
        Map<String, List<StoredDocument>> byId = new LinkedHashMap<>();
        documents.forEach(document ->
                byId.computeIfAbsent(document.persistenceId(), _ -> new ArrayList<>())
                        .add(document));
        return byId.entrySet().stream()
                .map(entity -> entity(entity.getKey(), entity.getValue()))
                .toList();
    }

    private static StoredEntity entity(String persistenceId, List<StoredDocument> documents) {
        StoredDocument first = documents.getFirst();
        return first.part() == Part.SNAPSHOT
                ? new StoredEntity(persistenceId, first, documents.subList(1, documents.size()))
                : new StoredEntity(persistenceId, null, documents);
    }
}
