package org.patchbay.connectivity.ids;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoredDocuments;
import org.patchbay.connectivity.ids.IdsMessage.Update;

/** Where the index learns what there is: ids from the store, the rest from the entities. */
interface StoredConnections {

    /**
     * The ids after this one, in order, deleted ones among them; fewer than {@code limit}: the last
     * page.
     */
    CompletionStage<List<String>> idsAfter(@Nullable String after, int limit);

    CompletionStage<Update> peek(String id);

    static StoredConnections of(ActorSystem<?> system) {
        StoredDocuments store = Store.of(system).documents();
        Shards shards = Shards.of(system);
        Duration timeout = Duration.ofSeconds(20);
        String prefix = EntityKind.CONNECTION.persistenceId("");
        return new StoredConnections() {
            @Override
            public CompletionStage<List<String>> idsAfter(@Nullable String after, int limit) {
                String from = after == null ? null : EntityKind.CONNECTION.persistenceId(after);
                return store.idsAfter(prefix, from, limit)
                        .thenApply(ids ->
                                ids.stream().map(id -> id.substring(prefix.length())).toList());
            }

            @Override
            public CompletionStage<Update> peek(String id) {
                return shards.ask(
                        EntityKind.CONNECTION, id, new IdsMessage.Peek(), Update.class, timeout);
            }
        };
    }
}
