package org.patchbay.connectivity.connection.rules;

import java.time.Instant;
import java.util.Optional;
import org.patchbay.connectivity.connection.rules.ConnectionState.Absent;
import org.patchbay.connectivity.connection.rules.ConnectionState.Closed;
import org.patchbay.connectivity.connection.rules.ConnectionState.Deleted;
import org.patchbay.connectivity.connection.rules.ConnectionState.Existing;
import org.patchbay.connectivity.connection.rules.SideEffect.RestartClients;
import org.patchbay.connectivity.connection.rules.SideEffect.StartClients;
import org.patchbay.connectivity.connection.rules.SideEffect.StopClients;
import org.patchbay.connectivity.connection.rules.SideEffect.UpdateIndex;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Close;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Create;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Delete;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.EnableLogs;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Modify;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.ResetLogs;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.ResetMetrics;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Retrieve;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveAt;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveHono;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveLogs;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveMetrics;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.RetrieveStatus;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TakeResponse;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Test;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.TestMapping;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Done;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Failed;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.protocol.Problem;

/** The two tables: what a command means in a state, and what an event makes of it. */
public final class ConnectionRules {

    private record On(ConnectionState state, ConnectionCommand command) {}

    private record After(ConnectionState state, ConnectionEvent event) {}

    private final String id;

    public ConnectionRules(String id) {
        this.id = id;
    }

    /** What the command, known to be valid, means in this state. */
    public Decision decide(ConnectionState state, ConnectionCommand command, Instant now) {
        return switch (new On(state, command)) {
            case On(_, Test(var connection)) -> Decision.answer(new Answer.WithTest(connection));
            case On(_, TestMapping(var test)) -> Decision.answer(new Answer.WithMappingTest(test));
            case On(_, RetrieveAt(var revision, var timestamp)) ->
                    Decision.answer(new Answer.WithHistory(revision, timestamp));

            case On(Absent _, Create(var connection)) -> create(state, connection, now);
            case On(Absent _, Modify(var connection, var given)) ->
                    unless(Etags.forbidsChange(given, null), create(state, connection, now));
            case On(Absent _, ConnectionCommand _) -> notFound();

            case On(Deleted _, Create(var connection)) -> create(state, connection, now);
            case On(Deleted _, Modify(var connection, var given)) ->
                    unless(Etags.forbidsChange(given, null), create(state, connection, now));
            case On(Deleted _, ConnectionCommand _) -> notFound();

            case On(Existing _, Create _) -> Decision.reject(ConnectionProblems.conflict(id));
            case On(Existing existing, Modify(var connection, var given)) ->
                    ifAllowed(given, existing, modify(existing, connection, now));
            case On(Existing existing, Delete(var given)) ->
                    ifAllowed(given, existing, delete(existing, now));
            case On(Existing existing, Retrieve(var given)) -> retrieve(existing, given);

            case On(Closed closed, ConnectionCommand.Open _) -> open(closed, now);
            case On(Closed _, Close _) -> Decision.reply(new Done());
            case On(ConnectionState.Open _, ConnectionCommand.Open _) ->
                    Decision.answer(new Answer.WhenOpen()).then(new SideEffect.TryNow());
            case On(ConnectionState.Open open, Close _) -> close(open, now);

            case On(ConnectionState.Open _, TakeResponse take) ->
                    Decision.answer(new Answer.ByClient(take));
            case On(Closed _, TakeResponse _) -> Decision.reject(ConnectionProblems.notOpen(id));

            case On(Existing existing, RetrieveHono _) -> hono(existing);
            case On(Existing existing, RetrieveStatus _) -> report(ReportKind.STATUS, existing);
            case On(Existing existing, RetrieveMetrics _) -> report(ReportKind.METRICS, existing);
            case On(Existing existing, RetrieveLogs _) -> report(ReportKind.LOGS, existing);
            case On(Existing _, ResetMetrics _) -> done(new SideEffect.ResetMetrics());
            case On(Existing _, EnableLogs _) -> done(new SideEffect.EnableLogs());
            case On(Existing _, ResetLogs _) -> done(new SideEffect.ResetLogs());
        };
    }

    /**
     * Whether a command depends on those before it, and waits while one of them is checked: whoever
     * changes a connection and does not wait for the answer sees the change when it looks next.
     */
    public static boolean takesTurns(ConnectionCommand command) {
        return switch (command) {
            case Create _,
                    Modify _,
                    Delete _,
                    ConnectionCommand.Open _,
                    Close _,
                    Retrieve _,
                    RetrieveAt _,
                    ConnectionCommand.RetrieveHono _ ->
                    true;
            case Test _,
                    ConnectionCommand.TestMapping _,
                    RetrieveStatus _,
                    RetrieveMetrics _,
                    RetrieveLogs _,
                    ResetMetrics _,
                    EnableLogs _,
                    ResetLogs _,
                    TakeResponse _ ->
                    false;
        };
    }

    /** What the event makes of the state; total over all that a journal can hold. */
    public static ConnectionState apply(ConnectionState state, ConnectionEvent event) {
        long revision = state.revision() + 1;
        return switch (new After(state, event)) {
            case After(_, ConnectionEvent.Created(var connection, var at)) ->
                    existing(connection, revision, at, at);
            case After(Existing was, ConnectionEvent.Modified(var connection, var at)) ->
                    existing(connection, revision, was.created(), at);
            case After(Existing was, ConnectionEvent.Opened(var at)) ->
                    existing(was, ConnectionStatus.OPEN, revision, at);
            case After(Existing was, ConnectionEvent.Closed(var at)) ->
                    existing(was, ConnectionStatus.CLOSED, revision, at);
            case After(_, ConnectionEvent.Deleted(var at)) -> new Deleted(revision, at);
            case After(Absent _, ConnectionEvent _) ->
                    throw new IllegalStateException("no connection");
            case After(Deleted(_, var at), ConnectionEvent _) -> new Deleted(revision, at);
        };
    }

    private static ConnectionState existing(
            Existing was, ConnectionStatus status, long revision, Instant at) {
        return existing(was.connection().with(status), revision, was.created(), at);
    }

    private static Existing existing(
            Connection connection, long revision, Instant created, Instant modified) {
        return connection.status() == ConnectionStatus.OPEN
                ? new ConnectionState.Open(connection, revision, created, modified)
                : new Closed(connection, revision, created, modified);
    }

    private static Decision create(ConnectionState state, Connection connection, Instant now) {
        ConnectionEvent created = new ConnectionEvent.Created(connection, now);
        Existing next = (Existing) apply(state, created);
        Decision decision =
                Decision.persist(
                                created, new Answer.Now(new ConnectionReply.Created(next.stored())))
                        .then(new UpdateIndex(next));
        return next instanceof ConnectionState.Open
                ? decision.then(new StartClients(connection))
                : decision;
    }

    private static Decision modify(Existing was, Connection connection, Instant now) {
        ConnectionEvent modified = new ConnectionEvent.Modified(connection, now);
        Existing next = (Existing) apply(was, modified);
        ConnectionReply reply = new ConnectionReply.Modified(next.revision());
        Decision decision =
                Decision.persist(modified, new Answer.Now(reply)).then(new UpdateIndex(next));
        return switch (was) {
            case Closed _ when next instanceof ConnectionState.Open ->
                    decision.then(new StartClients(connection));
            case Closed _ -> decision;
            case ConnectionState.Open _ when next instanceof ConnectionState.Open ->
                    decision.then(new RestartClients(connection));
            case ConnectionState.Open _ -> decision.then(new StopClients());
        };
    }

    private static Decision delete(Existing was, Instant now) {
        ConnectionEvent deleted = new ConnectionEvent.Deleted(now);
        ConnectionState next = apply(was, deleted);
        ConnectionReply reply = new ConnectionReply.Deleted(next.revision());
        return Decision.persist(deleted, new Answer.WhenClosed(reply))
                .then(new UpdateIndex(next))
                .then(new StopClients());
    }

    private static Decision open(Closed was, Instant now) {
        ConnectionEvent opened = new ConnectionEvent.Opened(now);
        Existing next = (Existing) apply(was, opened);
        return Decision.persist(opened, new Answer.WhenOpen())
                .then(new UpdateIndex(next))
                .then(new StartClients(next.connection()));
    }

    private static Decision close(ConnectionState.Open was, Instant now) {
        ConnectionEvent closed = new ConnectionEvent.Closed(now);
        return Decision.persist(closed, new Answer.WhenClosed(new Done()))
                .then(new UpdateIndex(apply(was, closed)))
                .then(new StopClients());
    }

    private static Decision retrieve(Existing existing, Preconditions given) {
        Optional<Problem> problem = Etags.forbidsRead(given, existing.revision());
        return problem.map(refused -> refuse(refused, existing))
                .orElseGet(() -> Decision.reply(new ConnectionReply.Retrieved(existing.stored())));
    }

    private Decision hono(Existing existing) {
        ConnectionType type = existing.connection().type();
        return type == ConnectionType.HONO
                ? Decision.answer(new Answer.WithPresets(existing.stored()))
                : Decision.reject(ConnectionProblems.notHono(id, type.wireName()));
    }

    private static Decision report(ReportKind kind, Existing existing) {
        return Decision.answer(new Answer.WithReport(kind, existing.connection()));
    }

    private static Decision done(SideEffect effect) {
        return Decision.reply(new Done()).then(effect);
    }

    private static Decision ifAllowed(Preconditions given, Existing existing, Decision decision) {
        return Etags.forbidsChange(given, existing.revision())
                .map(refused -> refuse(refused, existing))
                .orElse(decision);
    }

    private static Decision unless(Optional<Problem> problem, Decision decision) {
        return problem.map(Decision::reject).orElse(decision);
    }

    private static Decision refuse(Problem problem, Existing existing) {
        return Decision.reply(new Failed(problem, existing.revision()));
    }

    private Decision notFound() {
        return Decision.reject(ConnectionProblems.notFound(id));
    }
}
