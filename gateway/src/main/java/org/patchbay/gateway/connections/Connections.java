package org.patchbay.gateway.connections;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.validation.ConnectionValidation;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.protocol.Problem;

/** The connections as the gateway reaches them: one by its id, their ids by their index. */
public final class Connections {

    private final ActorSystem<?> system;

    public Connections(ActorSystem<?> system) {
        this.system = system;
    }

    /** Asks a connection; one that does not answer in time is unavailable. */
    public CompletionStage<ConnectionReply> ask(
            String id, ConnectionCommand command, Duration timeout) {
        return ask(id, command, timeout, ConnectionProblems.unavailable(id));
    }

    /**
     * Asks a connection. An id that none can have is refused before anything is asked.
     *
     * @param late the answer where none came in time
     */
    CompletionStage<ConnectionReply> ask(
            String id, ConnectionCommand command, Duration timeout, Problem late) {
        Optional<Problem> wrong = ConnectionValidation.checkId(id);
        if (wrong.isPresent()) {
            throw wrong.get().asException();
        }
        return Shards.of(system)
                .ask(EntityKind.CONNECTION, id, command, ConnectionReply.class, timeout)
                .exceptionally(failure -> {
                    if (isTimeout(failure)) {
                        return new ConnectionReply.Failed(late);
                    }
                    throw new CompletionException(failure);
                });
    }

    /** The ids, in their order. */
    public CompletionStage<List<String>> ids(ConnectionIdsQuery query, Duration timeout) {
        return Singletons.ask(
                        system,
                        Singleton.CONNECTION_IDS,
                        query,
                        ConnectionIdsQuery.Ids.class,
                        timeout)
                .handle((ids, failure) -> {
                    if (failure == null) {
                        return ids.ids();
                    }
                    throw isTimeout(failure)
                            ? Refusals.commandTimeout(timeout).asException()
                            : new CompletionException(failure);
                });
    }

    /** Up to so many ids that come after one; after the empty text the first ones. */
    CompletionStage<List<String>> idsAfter(String id, int max, Duration timeout) {
        return ids(new ConnectionIdsQuery.Page(id.isEmpty() ? null : id, max), timeout);
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException
                || (failure instanceof CompletionException
                        && failure.getCause() instanceof TimeoutException);
    }
}
