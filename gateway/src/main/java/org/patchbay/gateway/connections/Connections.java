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
import org.patchbay.connectivity.model.masking.Secrets;
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
    private final boolean revealSecrets;

    public Connections(ActorSystem<?> system) {
        this.system = system;
        this.revealSecrets = system.settings().config().getBoolean("patchbay.reveal-secrets");
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
                .thenApply(reply -> revealSecrets ? reply : masked(reply))
                .exceptionally(failure -> {
                    if (isTimeout(failure)) {
                        return new ConnectionReply.Failed(late);
                    }
                    throw new CompletionException(failure);
                });
    }

    /** Before anything of the gateway sees it. */
    private static ConnectionReply masked(ConnectionReply reply) {
        return switch (reply) {
            case ConnectionReply.Created(var stored) -> new ConnectionReply.Created(masked(stored));
            case ConnectionReply.Retrieved(var stored) ->
                    new ConnectionReply.Retrieved(masked(stored));
            case ConnectionReply other -> other;
        };
    }

    private static ConnectionReply.Stored masked(ConnectionReply.Stored stored) {
        return new ConnectionReply.Stored(
                Secrets.masked(stored.connection()),
                stored.revision(),
                stored.created(),
                stored.modified(),
                stored.deleted());
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
