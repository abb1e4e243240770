package org.patchbay.cluster.cleanup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.cleanup.EntityRequest.Forgotten;
import org.patchbay.cluster.cleanup.EntityRequest.SnapshotTaken;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoredDocuments;
import org.patchbay.cluster.store.StoredDocuments.Holding;

/**
 * Cleans up entities of one kind, step by step; who calls it bounds how many.
 *
 * @param endings the manifests of snapshots of deleted entities
 */
record EntityCleaner(
        StoredDocuments documents,
        EntityKind kind,
        Set<String> endings,
        Entities entities,
        Clock clock) {

    private static final Duration ENTITY_TIMEOUT = Duration.ofSeconds(20);

    /** Asks an entity, which is woken for that. */
    interface Entities {
        <T> CompletionStage<T> ask(String id, EntityRequest request, Class<T> answer);
    }

    /** Entities that something can be done about, and where the next page starts; null: no more. */
    record Page(List<Holding> found, @Nullable String next) {}

    static EntityCleaner of(ActorSystem<?> system, EntityKind kind, Set<String> endings) {
        Entities entities =
                new Entities() {
                    @Override
                    public <T> CompletionStage<T> ask(
                            String id, EntityRequest request, Class<T> answer) {
                        return Shards.of(system).ask(kind, id, request, answer, ENTITY_TIMEOUT);
                    }
                };
        return new EntityCleaner(
                Store.of(system).documents(), kind, endings, entities, Clock.systemUTC());
    }

    String prefix() {
        return kind.persistenceId("");
    }

    CompletionStage<Page> pageAfter(@Nullable String after, CleanupSettings settings) {
        Instant now = clock.instant();
        Instant aged = now.minus(settings.historyRetention());
        return documents
                .holdingsAfter(prefix(), after, aged, settings.readsPerQuery())
                .thenApply(holdings ->
                        new Page(
                                holdings.stream()
                                        .filter(holding -> !isNothing(holding, now, settings))
                                        .toList(),
                                holdings.size() < settings.readsPerQuery()
                                        ? null
                                        : holdings.getLast().persistenceId()));
    }

    /** One step for an entity; completes with whether there is another one. */
    CompletionStage<Boolean> step(String persistenceId, CleanupSettings settings) {
        Instant now = clock.instant();
        Instant aged = now.minus(settings.historyRetention());
        return documents
                .holding(persistenceId, aged)
                .thenCompose(holding ->
                        holding.map(found -> carryOut(plan(found, now, settings), found, settings))
                                .orElseGet(() -> CompletableFuture.completedStage(false)));
    }

    /** All steps for an entity. */
    CompletionStage<Void> clean(String persistenceId, CleanupSettings settings) {
        return step(persistenceId, settings)
                .thenCompose(again ->
                        again
                                ? clean(persistenceId, settings)
                                : CompletableFuture.completedStage(null));
    }

    private CompletionStage<Boolean> carryOut(
            CleanupPlan plan, Holding holding, CleanupSettings settings) {
        String id = holding.persistenceId().substring(prefix().length());
        return switch (plan) {
            case CleanupPlan.Nothing _ -> CompletableFuture.completedStage(false);
            case CleanupPlan.Delete(long snapshot) ->
                    documents
                            .deleteBefore(
                                    holding.persistenceId(), snapshot, settings.writesPerCredit())
                            .thenApply(count -> count > 0);
            case CleanupPlan.TakeSnapshot _ ->
                    entities.ask(id, new EntityRequest.TakeSnapshot(), SnapshotTaken.class)
                            .thenApply(_ -> true);
            case CleanupPlan.Forget(long sequenceNr) ->
                    entities.ask(id, new EntityRequest.Forget(sequenceNr), Forgotten.class)
                            .thenApply(_ -> false);
        };
    }

    private boolean isNothing(Holding holding, Instant now, CleanupSettings settings) {
        return plan(holding, now, settings) instanceof CleanupPlan.Nothing;
    }

    private CleanupPlan plan(Holding holding, Instant now, CleanupSettings settings) {
        return CleanupPlan.of(
                holding,
                now.minus(settings.historyRetention()),
                now,
                settings.deleteFinalDeletedSnapshot(),
                endings);
    }
}
