package org.patchbay.cluster.store;

/** The statements of {@link JdbcDocuments}, in what SQLite and PostgreSQL have in common. */
final class DocumentSql {

    private static final String EVENT_COLUMNS =
            """
            'e' AS part, "persistence_id" AS id, "sequence_number" AS nr,
                "event_ser_manifest", "write_timestamp", "event_payload"
            """;

    private static final String SNAPSHOT_COLUMNS =
            """
            's' AS part, "persistence_id" AS id, "sequence_number" AS nr,
                "snapshot_ser_manifest", "created", "snapshot_payload"
            """;

    /**
     * Leaps from one id to the next in the indexes: a plain DISTINCT would read every event, and a
     * long read keeps the embedded store's log growing. Takes after, after, end, limit, end.
     */
    private static final String PAGE_OF_IDS =
            """
            WITH RECURSIVE leap (id, n) AS (
                SELECT (SELECT min(id) FROM (
                    SELECT min("persistence_id") AS id FROM "event_journal" WHERE "persistence_id" > ?
                    UNION ALL
                    SELECT min("persistence_id") FROM "snapshot" WHERE "persistence_id" > ?) AS first), 1
                UNION ALL
                SELECT (SELECT min(id) FROM (
                    SELECT min("persistence_id") AS id FROM "event_journal"
                        WHERE "persistence_id" > leap.id
                    UNION ALL
                    SELECT min("persistence_id") FROM "snapshot"
                        WHERE "persistence_id" > leap.id) AS next), leap.n + 1
                FROM leap WHERE leap.id < ? AND leap.n < ?),
            ids (id) AS (SELECT id FROM leap WHERE id < ?)
            """;

    /** Takes the id twice. */
    private static final String ONE_ID =
            """
            WITH ids (id) AS (SELECT max(id) FROM (
                SELECT max("persistence_id") AS id FROM "event_journal" WHERE "persistence_id" = ?
                UNION ALL
                SELECT max("persistence_id") FROM "snapshot" WHERE "persistence_id" = ?) AS found)
            """;

    static final String IDS = PAGE_OF_IDS + "SELECT id FROM ids ORDER BY id";

    /**
     * The join is a cross join because SQLite takes its tables in the order they are named then.
     */
    static final String ENTITIES =
            PAGE_OF_IDS.stripTrailing()
                    + """
                    ,
                    base (base_id, base_nr) AS (
                        SELECT id, COALESCE((SELECT max("sequence_number") FROM "snapshot"
                            WHERE "persistence_id" = ids.id), 0) FROM ids)
                    SELECT %s FROM base CROSS JOIN "snapshot"
                        WHERE "persistence_id" = base_id AND "sequence_number" = base_nr
                    UNION ALL
                    SELECT %s FROM base CROSS JOIN "event_journal"
                        WHERE "persistence_id" = base_id AND "sequence_number" > base_nr
                    ORDER BY id, nr
                    """
                            .formatted(SNAPSHOT_COLUMNS, EVENT_COLUMNS);

    /** Takes the time that counts as aged, last. */
    private static final String HOLDING_COLUMNS =
            """
            SELECT ids.id,
                (SELECT min("sequence_number") FROM "event_journal" WHERE "persistence_id" = ids.id),
                (SELECT max("sequence_number") FROM "event_journal" WHERE "persistence_id" = ids.id),
                COALESCE(
                    (SELECT "write_timestamp" FROM "event_journal" WHERE "persistence_id" = ids.id
                        ORDER BY "sequence_number" DESC LIMIT 1),
                    (SELECT "created" FROM "snapshot" WHERE "persistence_id" = ids.id
                        ORDER BY "sequence_number" DESC LIMIT 1)),
                (SELECT min("sequence_number") FROM "snapshot" WHERE "persistence_id" = ids.id),
                (SELECT max("sequence_number") FROM "snapshot" WHERE "persistence_id" = ids.id),
                (SELECT "snapshot_ser_manifest" FROM "snapshot" WHERE "persistence_id" = ids.id
                    ORDER BY "sequence_number" DESC LIMIT 1),
                (SELECT "sequence_number" FROM "snapshot"
                    WHERE "persistence_id" = ids.id AND "created" <= ?
                    ORDER BY "sequence_number" DESC LIMIT 1)
            FROM ids ORDER BY ids.id
            """;

    static final String HOLDINGS = PAGE_OF_IDS + HOLDING_COLUMNS;

    static final String HOLDING = ONE_ID + HOLDING_COLUMNS;

    /** Takes id, sequence number, end, limit. */
    static final String EVENTS =
            "SELECT " + EVENT_COLUMNS + "FROM \"event_journal\" " + pageOfDocuments();

    /** Takes id, sequence number, end, limit. */
    static final String SNAPSHOTS =
            "SELECT " + SNAPSHOT_COLUMNS + "FROM \"snapshot\" " + pageOfDocuments();

    /** Takes id, sequence number, time. */
    static final String SNAPSHOT_UP_TO =
            "SELECT "
                    + SNAPSHOT_COLUMNS
                    + """
                    FROM "snapshot"
                    WHERE "persistence_id" = ? AND "sequence_number" <= ? AND "created" <= ?
                    ORDER BY "sequence_number" DESC LIMIT 1
                    """;

    static final String OLDEST_SNAPSHOT =
            "SELECT "
                    + SNAPSHOT_COLUMNS
                    + """
                    FROM "snapshot" WHERE "persistence_id" = ? ORDER BY "sequence_number" LIMIT 1
                    """;

    /** Takes the new payload, id, sequence number, the old payload. */
    static final String REPLACE_EVENT =
            """
            UPDATE "event_journal" SET "event_payload" = ?
            WHERE "persistence_id" = ? AND "sequence_number" = ? AND "event_payload" = ?
            """;

    /** Takes the new payload, id, sequence number, the old payload. */
    static final String REPLACE_SNAPSHOT =
            """
            UPDATE "snapshot" SET "snapshot_payload" = ?
            WHERE "persistence_id" = ? AND "sequence_number" = ? AND "snapshot_payload" = ?
            """;

    /** Takes id, id, the snapshot's number, limit, id, the snapshot's number. */
    static final String DELETE_EVENTS = deleteOldest("event_journal", "<=");

    /** Takes id, id, the snapshot's number, limit, id, the snapshot's number. */
    static final String DELETE_SNAPSHOTS = deleteOldest("snapshot", "<");

    /** Takes id, id, limit. */
    static final String ERASE_EVENTS = eraseNewest("event_journal");

    /** Takes id, id, limit. */
    static final String ERASE_SNAPSHOTS = eraseNewest("snapshot");

    private DocumentSql() {}

    /** The first text behind all that start with this one. */
    static String end(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }

    private static String pageOfDocuments() {
        return """
        WHERE ("persistence_id", "sequence_number") > (?, ?) AND "persistence_id" < ?
        ORDER BY "persistence_id", "sequence_number" LIMIT ?
        """;
    }

    private static String deleteOldest(String table, String upTo) {
        return """
        DELETE FROM "%1$s" WHERE "persistence_id" = ? AND "sequence_number" <= (
            SELECT max(nr) FROM (SELECT "sequence_number" AS nr FROM "%1$s"
                WHERE "persistence_id" = ? AND "sequence_number" %2$s ?
                ORDER BY "sequence_number" LIMIT ?) AS bite)
        AND EXISTS (SELECT 1 FROM "snapshot" WHERE "persistence_id" = ? AND "sequence_number" = ?)
        """
                .formatted(table, upTo);
    }

    private static String eraseNewest(String table) {
        return """
        DELETE FROM "%1$s" WHERE "persistence_id" = ? AND "sequence_number" >= (
            SELECT min(nr) FROM (SELECT "sequence_number" AS nr FROM "%1$s"
                WHERE "persistence_id" = ? ORDER BY "sequence_number" DESC LIMIT ?) AS bite)
        """
                .formatted(table);
    }
}
