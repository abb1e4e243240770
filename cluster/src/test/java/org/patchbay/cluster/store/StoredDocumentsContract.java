package org.patchbay.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.store.StoredDocuments.Holding;
import org.patchbay.cluster.store.StoredDocuments.Part;
import org.patchbay.cluster.store.StoredDocuments.Position;
import org.patchbay.cluster.store.StoredDocuments.StoredDocument;
import org.patchbay.cluster.store.StoredDocuments.StoredEntity;
import org.patchbay.protocol.Problem;

/** What stored documents promise, whatever the database. */
interface StoredDocumentsContract {

    Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    ActorSystem<?> node();

    @BeforeEach
    default void empty() {
        new StoreRows(node()).clear();
    }

    @Test
    default void lists_each_id_once_that_has_events_or_snapshots() throws Exception {
        events("connection:a", 1, 3);
        events("connection:c", 1, 2);
        snapshot("connection:c", 2, NOW);
        snapshot("connection:b", 7, NOW);
        events("thing:a:b", 1, 1);
        events("connections", 1, 1);
        events("connectio", 1, 1);

        assertThat(get(documents().idsAfter("connection:", null, 10)))
                .containsExactly("connection:a", "connection:b", "connection:c");
        assertThat(get(documents().idsAfter("connection:", "connection:a", 1)))
                .containsExactly("connection:b");
        assertThat(get(documents().idsAfter("connection:", "connection:c", 1))).isEmpty();
    }

    @Test
    default void pages_through_documents_in_order() throws Exception {
        events("connection:a", 1, 3);
        events("connection:b", 1, 2);
        events("thing:a:b", 1, 1);

        List<StoredDocument> first =
                get(documents().documentsAfter(Part.EVENT, "connection:", null, 2));
        List<StoredDocument> rest =
                get(
                        documents()
                                .documentsAfter(
                                        Part.EVENT, "connection:", first.getLast().position(), 10));

        assertThat(first)
                .extracting(StoredDocument::position)
                .containsExactly(new Position("connection:a", 1), new Position("connection:a", 2));
        assertThat(rest)
                .extracting(StoredDocument::position)
                .containsExactly(
                        new Position("connection:a", 3),
                        new Position("connection:b", 1),
                        new Position("connection:b", 2));
        assertThat(rest.getFirst())
                .isEqualTo(
                        new StoredDocument(
                                Part.EVENT,
                                "connection:a",
                                3,
                                "problem",
                                NOW.plusSeconds(3),
                                StoreRows.payload(3)));
        assertThat(get(documents().documentsAfter(Part.SNAPSHOT, "connection:", null, 2)))
                .isEmpty();
    }

    @Test
    default void reads_what_a_document_holds() throws Exception {
        snapshot("connection:a", 4, NOW);

        StoredDocument document = get(documents().oldestSnapshot("connection:a")).orElseThrow();

        assertThat(documents().read(document)).isEqualTo(Problem.of(4, "code", "message"));
        assertThat(document.toString()).doesNotContain("message");
    }

    @Test
    default void replaces_a_payload_only_where_it_is_as_it_was_read() throws Exception {
        events("connection:a", 1, 1);
        snapshot("connection:a", 1, NOW);
        for (Part part : Part.values()) {
            StoredDocument read =
                    get(documents().documentsAfter(part, "connection:", null, 1)).getFirst();

            assertThat(get(documents().replacePayload(read, "{\"n\":2}"))).isTrue();
            assertThat(get(documents().replacePayload(read, "{\"n\":3}"))).isFalse();
            assertThat(get(documents().documentsAfter(part, "connection:", null, 1)))
                    .extracting(StoredDocument::payload)
                    .containsExactly("{\"n\":2}");
        }
    }

    @Test
    default void tells_what_entities_are_recovered_from() throws Exception {
        events("connection:a", 1, 2);
        events("connection:b", 3, 6);
        snapshot("connection:b", 2, NOW);
        snapshot("connection:b", 4, NOW);
        snapshot("connection:c", 9, NOW);

        List<StoredEntity> entities = get(documents().entitiesAfter("connection:", null, 10));

        assertThat(entities)
                .extracting(
                        StoredEntity::persistenceId,
                        entity -> entity.snapshot() == null ? 0L : entity.snapshot().sequenceNr(),
                        entity -> entity.events().stream().map(StoredDocument::sequenceNr).toList())
                .containsExactly(
                        tuple("connection:a", 0L, List.of(1L, 2L)),
                        tuple("connection:b", 4L, List.of(5L, 6L)),
                        tuple("connection:c", 9L, List.of()));
        assertThat(get(documents().entitiesAfter("connection:", "connection:a", 1)))
                .extracting(StoredEntity::persistenceId)
                .containsExactly("connection:b");
    }

    @Test
    default void tells_how_much_there_is_of_an_entity() throws Exception {
        events("connection:a", 3, 9);
        snapshot("connection:a", 2, NOW.minusSeconds(60));
        snapshot("connection:a", 4, NOW.minusSeconds(40));
        snapshot("connection:a", 8, NOW);
        snapshot("connection:b", 5, NOW);

        Holding a = new Holding("connection:a", 3, 9, NOW.plusSeconds(9), 2, 8, "problem", 4);
        Holding b = new Holding("connection:b", 0, 0, NOW, 5, 5, "problem", 0);
        Instant aged = NOW.minusSeconds(30);
        assertThat(get(documents().holdingsAfter("connection:", null, aged, 10)))
                .containsExactly(a, b);
        assertThat(get(documents().holding("connection:a", aged))).contains(a);
        assertThat(get(documents().holding("connection:none", aged))).isEmpty();
    }

    @Test
    default void deletes_in_bites_what_a_snapshot_makes_superfluous_and_nothing_else()
            throws Exception {
        events("connection:a", 1, 9);
        snapshot("connection:a", 3, NOW);
        snapshot("connection:a", 6, NOW);
        snapshot("connection:a", 8, NOW);
        events("connection:b", 1, 2);

        assertThat(get(documents().deleteBefore("connection:a", 5, 100))).isZero();
        assertThat(get(documents().deleteBefore("connection:a", 6, 4))).isEqualTo(4);
        assertThat(numbers(Part.EVENT)).startsWith(5L);
        assertThat(get(documents().deleteBefore("connection:a", 6, 4))).isEqualTo(3);

        assertThat(numbers(Part.EVENT)).containsExactly(7L, 8L, 9L, 1L, 2L);
        assertThat(numbers(Part.SNAPSHOT)).containsExactly(6L, 8L);
        assertThat(get(documents().deleteBefore("connection:a", 6, 4))).isZero();
    }

    @Test
    default void finds_the_snapshot_of_a_number_and_a_time() throws Exception {
        snapshot("connection:a", 3, NOW.minusSeconds(60));
        snapshot("connection:a", 6, NOW);

        assertThat(get(documents().snapshotUpTo("connection:a", 5, NOW)))
                .map(StoredDocument::sequenceNr)
                .contains(3L);
        assertThat(get(documents().snapshotUpTo("connection:a", 9, NOW.minusSeconds(1))))
                .map(StoredDocument::sequenceNr)
                .contains(3L);
        assertThat(get(documents().snapshotUpTo("connection:a", 9, NOW.minusSeconds(61))))
                .isEmpty();
        assertThat(get(documents().oldestSnapshot("connection:a")))
                .map(StoredDocument::sequenceNr)
                .contains(3L);
    }

    @Test
    default void erases_all_of_one_entity() throws Exception {
        events("connection:a", 1, 1_200);
        snapshot("connection:a", 1_000, NOW);
        events("connection:b", 1, 2);

        assertThat(get(documents().erase("connection:a"))).isEqualTo(1_201);

        assertThat(get(documents().idsAfter("connection:", null, 10)))
                .containsExactly("connection:b");
        assertThat(get(documents().erase("connection:a"))).isZero();
    }

    @Test
    default void measures_how_long_a_write_waits() throws Exception {
        assertThat(get(Store.of(node()).writeLatency())).isPositive();
    }

    private StoredDocuments documents() {
        return Store.of(node()).documents();
    }

    private List<Long> numbers(Part part) throws Exception {
        return get(documents().documentsAfter(part, "connection:", null, 100)).stream()
                .map(StoredDocument::sequenceNr)
                .toList();
    }

    private void events(String id, int from, int to) {
        new StoreRows(node()).events(id, from, to, NOW);
    }

    private void snapshot(String id, int number, Instant created) {
        new StoreRows(node()).snapshot(id, number, created);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
