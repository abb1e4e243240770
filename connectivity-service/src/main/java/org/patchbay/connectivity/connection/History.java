package org.patchbay.connectivity.connection;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoredDocuments;
import org.patchbay.connectivity.connection.rules.ConnectionRules;
import org.patchbay.connectivity.connection.rules.ConnectionState;
import org.patchbay.connectivity.connection.rules.ConnectionState.Absent;
import org.patchbay.connectivity.connection.rules.ConnectionState.Deleted;
import org.patchbay.connectivity.connection.rules.ConnectionState.Existing;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;

/**
 * What a connection was: a state that was stored before that moment, and the events since played
 * again. Clean-up leaves of the past what lies inside of its retention, with a state before it.
 */
record History(ActorSystem<?> system, States states, Events events) {

    private static final Instant END_OF_TIME = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** Stored states of connections. */
    interface States {

        /** The last one up to a revision and a time. */
        CompletionStage<Optional<ConnectionState>> upTo(String id, long revision, Instant time);
    }

    /** Stored events of connections. */
    interface Events {

        /** Those that are left, in order, from this one on; its number is the revision after it. */
        Source<EventEnvelope, NotUsed> from(String id, long sequenceNr);
    }

    static History of(ActorSystem<?> system) {
        StoredDocuments documents = Store.of(system).documents();
        return new History(
                system,
                (id, revision, time) -> stored(documents, id, revision, time),
                journal(system));
    }

    static Events journal(ActorSystem<?> system) {
        String plugin = system.settings().config().getString("patchbay.connectivity.read-journal");
        CurrentEventsByPersistenceIdQuery journal =
                PersistenceQuery.get(system)
                        .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, plugin);
        return (id, sequenceNr) ->
                journal.currentEventsByPersistenceId(
                        EntityKind.CONNECTION.persistenceId(id), sequenceNr, Long.MAX_VALUE);
    }

    /**
     * A snapshot may have been stored long after what it shows, so the oldest one counts as well
     * where none was stored in time.
     */
    private static CompletionStage<Optional<ConnectionState>> stored(
            StoredDocuments documents, String id, long revision, Instant time) {
        String persistenceId = EntityKind.CONNECTION.persistenceId(id);
        return documents
                .snapshotUpTo(persistenceId, revision, time)
                .thenCompose(found ->
                        found.isPresent() || time.equals(END_OF_TIME)
                                ? CompletableFuture.completedStage(found)
                                : documents.oldestSnapshot(persistenceId))
                .thenApply(found ->
                        found.map(document -> (ConnectionState) documents.read(document))
                                .filter(state -> !since(state).isAfter(time)));
    }

    private static Instant since(ConnectionState state) {
        return switch (state) {
            case Absent _ -> Instant.MIN;
            case Existing existing -> existing.modified();
            case Deleted deleted -> deleted.at();
        };
    }

    /**
     * The state at a revision, or at the last one not after the time where no revision is given.
     */
    CompletionStage<ConnectionReply> at(
            String id, @Nullable Long revision, @Nullable Instant timestamp) {
        long upTo = revision == null ? Long.MAX_VALUE : revision;
        Instant until = revision == null && timestamp != null ? bounded(timestamp) : END_OF_TIME;
        return states.upTo(id, upTo, until)
                .thenCompose(base -> playOn(id, base.orElseGet(Absent::new), upTo, until))
                .thenApply(state -> reply(id, state, revision, timestamp));
    }

    /** The store counts milliseconds, which do not reach as far as a timestamp can. */
    private static Instant bounded(Instant time) {
        if (time.isAfter(END_OF_TIME)) {
            return END_OF_TIME;
        }
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    }

    private CompletionStage<ConnectionState> playOn(
            String id, ConnectionState base, long upTo, Instant until) {
        return events.from(id, base.revision() + 1)
                .takeWhile(event -> event.sequenceNr() <= upTo && !event(event).at().isAfter(until))
                .runWith(Sink.fold(base, History::next), system);
    }

    /** Where events before are gone, what comes after them can't be told. */
    private static ConnectionState next(ConnectionState state, EventEnvelope envelope) {
        return envelope.sequenceNr() == state.revision() + 1
                ? ConnectionRules.apply(state, event(envelope))
                : state;
    }

    private static ConnectionEvent event(EventEnvelope envelope) {
        return (ConnectionEvent) envelope.event();
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
