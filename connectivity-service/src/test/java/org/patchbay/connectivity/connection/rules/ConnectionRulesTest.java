package org.patchbay.connectivity.connection.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.connection.rules.ConnectionState.Absent;
import org.patchbay.connectivity.connection.rules.ConnectionState.Closed;
import org.patchbay.connectivity.connection.rules.ConnectionState.Deleted;
import org.patchbay.connectivity.connection.rules.ConnectionState.Open;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Create;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Delete;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Modify;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Retrieve;
import org.patchbay.connectivity.model.vocabulary.ConnectionEvent;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Failed;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

class ConnectionRulesTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-02-02T00:00:00Z");
    private static final Connection OPEN = SampleConnections.open("an-id");
    private static final Connection CLOSED = SampleConnections.closed("an-id");
    private static final ConnectionState ABSENT = new Absent();
    private static final ConnectionState IS_OPEN = new Open(OPEN, 3, THEN, THEN);
    private static final ConnectionState IS_CLOSED = new Closed(CLOSED, 3, THEN, THEN);
    private static final ConnectionState IS_HONO =
            new Closed(SampleConnections.hono("an-id"), 3, THEN, THEN);
    private static final ConnectionCommand TAKE =
            new ConnectionCommand.TakeResponse(
                    Signal.command(
                            TopicPath.parse("a/b/things/twin/commands/modify"),
                            JsonPointer.ROOT,
                            Headers.EMPTY,
                            null),
                    "from",
                    0);
    private static final ConnectionState DELETED = new Deleted(3, THEN);

    private final ConnectionRules rules = new ConnectionRules("an-id");

    static Stream<Arguments> table() {
        return Stream.of(
                row(ABSENT, new Create(OPEN), "Created", "UpdateIndex StartClients", "Now Created"),
                row(ABSENT, new Create(CLOSED), "Created", "UpdateIndex", "Now Created"),
                row(ABSENT, modify(OPEN), "Created", "UpdateIndex StartClients", "Now Created"),
                row(DELETED, new Create(CLOSED), "Created", "UpdateIndex", "Now Created"),
                row(DELETED, modify(OPEN), "Created", "UpdateIndex StartClients", "Now Created"),
                row(IS_CLOSED, modify(CLOSED), "Modified", "UpdateIndex", "Now Modified"),
                row(
                        IS_CLOSED,
                        modify(OPEN),
                        "Modified",
                        "UpdateIndex StartClients",
                        "Now Modified"),
                row(
                        IS_OPEN,
                        modify(OPEN),
                        "Modified",
                        "UpdateIndex RestartClients",
                        "Now Modified"),
                row(IS_OPEN, modify(CLOSED), "Modified", "UpdateIndex StopClients", "Now Modified"),
                row(IS_CLOSED, open(), "Opened", "UpdateIndex StartClients", "WhenOpen"),
                row(IS_OPEN, open(), "-", "TryNow", "WhenOpen"),
                row(IS_OPEN, close(), "Closed", "UpdateIndex StopClients", "WhenClosed Done"),
                row(IS_CLOSED, close(), "-", "", "Now Done"),
                row(IS_OPEN, delete(), "Deleted", "UpdateIndex StopClients", "WhenClosed Deleted"),
                row(
                        IS_CLOSED,
                        delete(),
                        "Deleted",
                        "UpdateIndex StopClients",
                        "WhenClosed Deleted"),
                row(IS_OPEN, retrieve(), "-", "", "Now Retrieved"),
                row(ABSENT, new ConnectionCommand.Test(OPEN), "-", "", "WithTest"),
                row(IS_OPEN, new ConnectionCommand.RetrieveStatus(), "-", "", "WithReport"),
                row(IS_HONO, new ConnectionCommand.RetrieveHono(), "-", "", "WithPresets"),
                row(IS_CLOSED, new ConnectionCommand.RetrieveMetrics(), "-", "", "WithReport"),
                row(IS_CLOSED, new ConnectionCommand.RetrieveLogs(), "-", "", "WithReport"),
                row(IS_OPEN, new ConnectionCommand.ResetMetrics(), "-", "ResetMetrics", "Now Done"),
                row(IS_CLOSED, new ConnectionCommand.EnableLogs(), "-", "EnableLogs", "Now Done"),
                row(IS_OPEN, new ConnectionCommand.ResetLogs(), "-", "ResetLogs", "Now Done"),
                row(IS_OPEN, TAKE, "-", "", "ByClient"),
                row(ABSENT, new ConnectionCommand.RetrieveAt(1L, null), "-", "", "WithHistory"));
    }

    @ParameterizedTest
    @MethodSource("table")
    void a_command_is_stored_carried_out_and_answered(
            ConnectionState state,
            ConnectionCommand command,
            String event,
            String effects,
            String answer) {
        Decision decision = rules.decide(state, command, NOW);

        assertThat(decision.event().map(ConnectionRulesTest::name).orElse("-")).isEqualTo(event);
        assertThat(names(decision.effects())).isEqualTo(effects);
        assertThat(name(decision.answer())).isEqualTo(answer);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(IS_OPEN, new Create(OPEN), 409),
                Arguments.of(ABSENT, retrieve(), 404),
                Arguments.of(ABSENT, open(), 404),
                Arguments.of(ABSENT, new ConnectionCommand.RetrieveStatus(), 404),
                Arguments.of(ABSENT, new ConnectionCommand.RetrieveHono(), 404),
                Arguments.of(IS_OPEN, new ConnectionCommand.RetrieveHono(), 400),
                Arguments.of(ABSENT, TAKE, 404),
                Arguments.of(IS_CLOSED, TAKE, 409),
                Arguments.of(DELETED, delete(), 404),
                Arguments.of(DELETED, close(), 404),
                Arguments.of(ABSENT, new Modify(OPEN, new Preconditions("*", null)), 412),
                Arguments.of(IS_OPEN, new Modify(OPEN, new Preconditions(null, "*")), 412),
                Arguments.of(IS_OPEN, new Modify(OPEN, new Preconditions("\"rev:2\"", null)), 412),
                Arguments.of(IS_OPEN, new Delete(new Preconditions("W/\"rev:3\"", null)), 412),
                Arguments.of(IS_OPEN, new Retrieve(new Preconditions("\"rev:9\"", null)), 412),
                Arguments.of(IS_OPEN, new Retrieve(new Preconditions(null, "\"rev:3\"")), 304),
                Arguments.of(
                        IS_OPEN, new Retrieve(new Preconditions(null, "\"a\", W/\"rev:3\"")), 304));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_is_refused_changes_nothing(
            ConnectionState state, ConnectionCommand command, int status) {
        Decision decision = rules.decide(state, command, NOW);

        assertThat(decision.event()).isEmpty();
        assertThat(decision.effects()).isEmpty();
        assertThat(reply(decision, Failed.class).problem().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"'\"rev:3\"',", "'*',", "'\"rev:1\", \"rev:3\"',", ",'\"rev:2\"'"})
    void a_precondition_that_holds_lets_pass(String ifMatch, String ifNoneMatch) {
        Preconditions given = new Preconditions(ifMatch, ifNoneMatch);

        assertThat(rules.decide(IS_OPEN, new Delete(given), NOW).event()).isPresent();
        assertThat(rules.decide(IS_OPEN, new Modify(OPEN, given), NOW).event()).isPresent();
        assertThat(name(rules.decide(IS_OPEN, new Retrieve(given), NOW).answer()))
                .isEqualTo("Now Retrieved");
    }

    @Test
    void a_failed_precondition_tells_the_present_revision() {
        Retrieve retrieve = new Retrieve(new Preconditions("\"rev:9\"", null));

        Failed failed = reply(rules.decide(IS_OPEN, retrieve, NOW), Failed.class);

        assertThat(failed.revision()).isEqualTo(3);
    }

    @Test
    void what_is_created_is_answered_as_it_is_stored() {
        Decision decision = rules.decide(DELETED, new Create(CLOSED), NOW);

        var stored = reply(decision, ConnectionReply.Created.class).stored();
        assertThat(stored.connection()).isEqualTo(CLOSED);
        assertThat(stored.revision()).isEqualTo(4);
        assertThat(stored.created()).isEqualTo(NOW);
        assertThat(stored.modified()).isEqualTo(NOW);
    }

    @Test
    void the_revision_counts_on_through_deletion_and_creation() {
        ConnectionState state = ABSENT;
        for (ConnectionEvent event :
                List.of(
                        new ConnectionEvent.Created(OPEN, THEN),
                        new ConnectionEvent.Closed(THEN),
                        new ConnectionEvent.Deleted(THEN),
                        new ConnectionEvent.Created(CLOSED, NOW),
                        new ConnectionEvent.Opened(NOW.plusSeconds(1)))) {
            state = ConnectionRules.apply(state, event);
        }

        assertThat(state)
                .isEqualTo(
                        new Open(CLOSED.with(ConnectionStatus.OPEN), 5, NOW, NOW.plusSeconds(1)));
    }

    private static <T extends ConnectionReply> T reply(Decision decision, Class<T> type) {
        return type.cast(((Answer.Now) decision.answer()).reply());
    }

    private static Arguments row(Object... cells) {
        return Arguments.of(cells);
    }

    private static ConnectionCommand modify(Connection connection) {
        return new Modify(connection, Preconditions.NONE);
    }

    private static ConnectionCommand open() {
        return new ConnectionCommand.Open();
    }

    private static ConnectionCommand close() {
        return new ConnectionCommand.Close();
    }

    private static ConnectionCommand delete() {
        return new Delete(Preconditions.NONE);
    }

    private static ConnectionCommand retrieve() {
        return new Retrieve(Preconditions.NONE);
    }

    private static String names(List<SideEffect> effects) {
        return String.join(" ", effects.stream().map(ConnectionRulesTest::name).toList());
    }

    private static String name(Object value) {
        return switch (value) {
            case Answer.Now(var reply) -> "Now " + name(reply);
            case Answer.WhenClosed(var reply) -> "WhenClosed " + name(reply);
            default -> value.getClass().getSimpleName();
        };
    }
}
