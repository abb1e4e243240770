package org.patchbay.cluster.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The stored events and snapshots of entities, looked at and changed without the entities. Only
 * upkeep may do this: clean-up, encryption, the erasing of what is to be forgotten, and indexes
 * that must not wake what they list. Everything is read in pages and deleted in bites, so that
 * entities that store meanwhile hardly wait. A stage fails with what the store said.
 */
public interface StoredDocuments {

    enum Part {
        EVENT,
        SNAPSHOT
    }

    /** Where a page of documents ended. */
    record Position(String persistenceId, long sequenceNr) {}

    /**
     * One event or snapshot.
     *
     * @param manifest the name of its wire type
     * @param payload JSON, with whatever secrets it has
     */
    record StoredDocument(
            Part part,
            String persistenceId,
            long sequenceNr,
            String manifest,
            Instant storedAt,
            String payload) {

        public Position position() {
            return new Position(persistenceId, sequenceNr);
        }

        @Override
        public String toString() {
            return part + "[" + persistenceId + ", " + sequenceNr + ", " + manifest + "]";
        }
    }

    /**
     * What an entity is recovered from.
     *
     * @param snapshot the newest one, if any
     * @param events those after it, in order
     */
    record StoredEntity(
            String persistenceId, @Nullable StoredDocument snapshot, List<StoredDocument> events) {

        public StoredEntity {
            events = List.copyOf(events);
        }
    }

    /**
     * How much there is of an entity. Sequence numbers are 0 where there is nothing.
     *
     * @param lastStoredAt when its newest event was stored, or its newest snapshot where no event
     *     is left
     * @param newestManifest of the newest snapshot, empty where there is none
     * @param agedSnapshot the newest snapshot that is as old as was asked for
     */
    record Holding(
            String persistenceId,
            long firstEvent,
            long lastEvent,
            Instant lastStoredAt,
            long oldestSnapshot,
            long newestSnapshot,
            String newestManifest,
            long agedSnapshot) {}

    /**
     * The persistence ids with this prefix, in order, from the one after {@code after} on (null for
     * the first page). Fewer than {@code limit}: that was the last page.
     */
    CompletionStage<List<String>> idsAfter(String prefix, @Nullable String after, int limit);

    /** The same ids with what each is recovered from. */
    CompletionStage<List<StoredEntity>> entitiesAfter(
            String prefix, @Nullable String after, int limit);

    /** The same ids with how much there is of each. */
    CompletionStage<List<Holding>> holdingsAfter(
            String prefix, @Nullable String after, Instant aged, int limit);

    /** How much there is of one entity; empty where there is nothing. */
    CompletionStage<Optional<Holding>> holding(String persistenceId, Instant aged);

    /**
     * Documents of one part, of the persistence ids with this prefix, in order of id and sequence
     * number, from the one after {@code after} on. Fewer than {@code limit}: that was the last
     * page.
     */
    CompletionStage<List<StoredDocument>> documentsAfter(
            Part part, String prefix, @Nullable Position after, int limit);

    /**
     * Replaces the payload of a document if it still is as it was read; false where it is gone or
     * has changed.
     */
    CompletionStage<Boolean> replacePayload(StoredDocument before, String payload);

    /** The newest snapshot up to this number and time. */
    CompletionStage<Optional<StoredDocument>> snapshotUpTo(
            String persistenceId, long sequenceNr, Instant storedAt);

    CompletionStage<Optional<StoredDocument>> oldestSnapshot(String persistenceId);

    /**
     * Deletes at most {@code limit} of the events up to a snapshot and of the snapshots before it:
     * nothing that is needed to recover the entity. Nothing at all where there is no such snapshot.
     *
     * @return how many it has deleted; fewer than {@code limit}: nothing is left to delete
     */
    CompletionStage<Integer> deleteBefore(String persistenceId, long snapshot, int limit);

    /**
     * Deletes all there is of an entity, the newest first: one that is left in between recovers as
     * what it once was. The entity must not run.
     *
     * @return how many documents there were
     */
    CompletionStage<Integer> erase(String persistenceId);

    /** The event or state that a document holds. */
    Object read(StoredDocument document);
}
