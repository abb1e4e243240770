package org.patchbay.connectivity.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoredDocuments;
import org.patchbay.cluster.store.StoredDocuments.StoredDocument;
import org.patchbay.cluster.store.StoredDocuments.StoredEntity;
import org.patchbay.connectivity.connection.rules.ConnectionRules;
import org.patchbay.connectivity.connection.rules.ConnectionState;
import org.patchbay.connectivity.connection.rules.ConnectionState.Absent;
import org.patchbay.connectivity.connection.rules.ConnectionState.Existing;
import org.patchbay.connectivity.connection.rules.ConnectionState.Open;
import org.patchbay.connectivity.ids.IdsMessage;
import org.patchbay.connectivity.ids.IdsMessage.Update;
import org.patchbay.connectivity.ids.StoredConnections;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What connections are, told from the store as their entities would recover it: so many of them can
 * be listed without waking one.
 */
public final class StoredStates implements StoredConnections {

    private static final Logger LOG = LoggerFactory.getLogger(StoredStates.class);
    private static final String PREFIX = EntityKind.CONNECTION.persistenceId("");
    private static final Duration WAKE_TIMEOUT = Duration.ofSeconds(20);

    private final StoredDocuments documents;
    private final Shards shards;

    private StoredStates(StoredDocuments documents, Shards shards) {
        this.documents = documents;
        this.shards = shards;
    }

    public static StoredConnections of(ActorSystem<?> system) {
        return new StoredStates(Store.of(system).documents(), Shards.of(system));
    }

    @Override
    public CompletionStage<Page> pageAfter(@Nullable String after, int limit) {
        return documents
                .entitiesAfter(PREFIX, after == null ? null : PREFIX + after, limit)
                .thenApply(entities -> page(entities, limit));
    }

    @Override
    public CompletionStage<Update> wake(String id) {
        return shards.ask(
                EntityKind.CONNECTION, id, new IdsMessage.Peek(), Update.class, WAKE_TIMEOUT);
    }

    /** What the index is to know of a connection. */
    static Update update(String id, ConnectionState state) {
        return state instanceof Existing existing
                ? new IdsMessage.Present(
                        id,
                        existing.revision(),
                        existing instanceof Open,
                        existing.connection().tags())
                : new IdsMessage.Gone(id, state.revision());
    }

    private Page page(List<StoredEntity> entities, int limit) {
        List<Update> updates = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (StoredEntity entity : entities) {
            String id = idOf(entity);
            try {
                updates.add(update(id, state(entity)));
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("connectionId", id)
                        .log("A stored connection can't be read; it is left out of lists.");
                unreadable.add(id);
            }
        }
        return new Page(
                updates, entities.size() < limit ? null : idOf(entities.getLast()), unreadable);
    }

    private ConnectionState state(StoredEntity entity) {
        StoredDocument snapshot = entity.snapshot();
        ConnectionState state =
                snapshot == null ? new Absent() : (ConnectionState) documents.read(snapshot);
        for (StoredDocument event : entity.events()) {
            state = ConnectionRules.apply(state, (ConnectionEvent) documents.read(event));
        }
        return state;
    }

    private static String idOf(StoredEntity entity) {
        return entity.persistenceId().substring(PREFIX.length());
    }
}
