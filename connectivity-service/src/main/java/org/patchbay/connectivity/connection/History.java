package org.patchbay.connectivity.connection;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.connectivity.connection.rules.ConnectionRules;
import org.patchbay.connectivity.connection.rules.ConnectionState;
import org.patchbay.connectivity.connection.rules.ConnectionState.Absent;
import org.patchbay.connectivity.connection.rules.ConnectionState.Existing;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;

/** What a connection was: its events played again up to a revision or a time. */
interface History {

    /** The stored events of a connection, from the first one on. */
    Source<ConnectionEvent, NotUsed> events(String id);

    static History of(ActorSystem<?> system) {
        String plugin = system.settings().config().getString("patchbay.connectivity.read-journal");
        CurrentEventsByPersistenceIdQuery journal =
                PersistenceQuery.get(system)
                        .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, plugin);
        return id ->
                journal.currentEventsByPersistenceId(
                                EntityKind.CONNECTION.persistenceId(id), 0, Long.MAX_VALUE)
                        .map(envelope -> (ConnectionEvent) envelope.event());
    }

    /**
     * The state at a revision, or at the last one not after the time where no revision is given.
     */
    default CompletionStage<ConnectionReply> at(
            String id,
            @Nullable Long revision,
            @Nullable Instant timestamp,
            ActorSystem<?> system) {
        Source<ConnectionEvent, NotUsed> until =
                revision != null
                        ? events(id).take(Math.max(revision, 0))
                        : events(id)
                                .takeWhile(event ->
                                        timestamp == null || !event.at().isAfter(timestamp));
        return until.runWith(
                        Sink.<ConnectionState, ConnectionEvent>fold(
                                new Absent(), ConnectionRules::apply),
                        system)
                .thenApply(state -> reply(id, state, revision, timestamp));
    }

    private static ConnectionReply reply(
            String id,
            ConnectionState state,
            @Nullable Long revision,
            @Nullable Instant timestamp) {
        boolean reached = revision == null || state.revision() == revision;
        return reached && state instanceof Existing existing
                ? new ConnectionReply.Retrieved(existing.stored())
                : new ConnectionReply.Failed(
                        ConnectionProblems.historyNotFound(
                                id,
                                revision == null
                                        ? "at " + timestamp
                                        : "with revision " + revision));
    }
}
