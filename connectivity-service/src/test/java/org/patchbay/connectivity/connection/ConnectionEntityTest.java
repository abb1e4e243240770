package org.patchbay.connectivity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.store.SnapshotSettings;
import org.patchbay.cluster.wire.WireBindings;
import org.patchbay.connectivity.check.ConnectionChecks;
import org.patchbay.connectivity.client.host.ClientNodes;
import org.patchbay.connectivity.hosts.HostPolicy;
import org.patchbay.connectivity.ids.IdsMessage;
import org.patchbay.connectivity.ids.IdsMessage.Gone;
import org.patchbay.connectivity.ids.IdsMessage.Present;
import org.patchbay.connectivity.ids.IdsMessage.Update;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.hono.HonoPresets;
import org.patchbay.connectivity.model.masking.Secrets;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.validation.ConnectionLimits;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Failed;
import org.patchbay.connectivity.transport.hono.HonoConfig;
import org.patchbay.protocol.Problem;

class ConnectionEntityTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Connection OPEN = SampleConnections.open("an-id");
    private static final Connection CLOSED = SampleConnections.closed("an-id");

    private static final DryRunReport FINE =
            new DryRunReport(Duration.ofMillis(5), List.of(), null);

    private final ActorTestKit kit =
            ActorTestKit.create(
                    WireBindings.config()
                            .withFallback(PersistenceTestKitPlugin.config())
                            .withFallback(PersistenceTestKitSnapshotPlugin.config())
                            .withFallback(
                                    ConfigFactory.parseString(
                                            """
                                            pekko.actor.provider = local
                                            patchbay.connectivity.read-journal = \
                                                pekko.persistence.testkit.query
                                            pekko.actor.serializers.patchbay-wire = \
                                                org.patchbay.cluster.wire.WireSerializer
                                            """))
                            .withFallback(ConfigFactory.load()));
    private final TestProbe<Object> asker = kit.createTestProbe();
    private final FakeClients clients = new FakeClients();
    private final Queue<Connection> tested = new ConcurrentLinkedQueue<>();
    private final Queue<Update> index = new ConcurrentLinkedQueue<>();
    private final Queue<String> passivated = new ConcurrentLinkedQueue<>();
    private Duration closedIdle = Duration.ofHours(1);
    private Duration closeTimeout = Duration.ofHours(1);
    private boolean masking;

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void an_open_connection_runs_as_many_clients_as_it_asks_for() {
        ActorRef<Ask> entity = start();
        Connection two = withClients(2);

        assertThat(ask(entity, new ConnectionCommand.Create(two)))
                .isInstanceOf(ConnectionReply.Created.class);

        Awaitility.await().until(() -> clients.running() == 2);
        assertThat(index).containsExactly(new Present("an-id", 1, true, List.of("tag")));
    }

    @Test
    void commands_take_turns_though_some_are_checked_first() {
        ActorRef<Ask> entity = start();
        Connection renamed = SampleConnections.open("an-id");

        entity.tell(new Ask(new ConnectionCommand.Create(CLOSED), asker.ref()));
        entity.tell(new Ask(new ConnectionCommand.Retrieve(Preconditions.NONE), asker.ref()));
        entity.tell(
                new Ask(new ConnectionCommand.Modify(renamed, Preconditions.NONE), asker.ref()));
        entity.tell(new Ask(new ConnectionCommand.Retrieve(Preconditions.NONE), asker.ref()));
        entity.tell(new Ask(new ConnectionCommand.Delete(Preconditions.NONE), asker.ref()));

        assertThat(asker.receiveSeveralMessages(5))
                .map(Object::getClass)
                .map(Class::getSimpleName)
                .containsExactly("Created", "Retrieved", "Modified", "Retrieved", "Deleted");
    }

    @Test
    void an_open_connection_comes_back_by_itself_and_a_closed_one_does_not_connect() {
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(OPEN));
        kit.stop(entity);
        Awaitility.await().until(() -> clients.running() == 0);

        ActorRef<Ask> recovered = start();

        Awaitility.await().until(() -> clients.running() == 1);
        ask(recovered, new ConnectionCommand.Close());
        kit.stop(recovered);
        assertThat(retrieve(start()).connection().status()).isEqualTo(ConnectionStatus.CLOSED);
        assertThat(clients.running()).isZero();
    }

    @Test
    void a_state_that_was_stored_as_a_whole_is_recovered() {
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(CLOSED));
        for (int i = 0; i < 7; i++) {
            ask(entity, new ConnectionCommand.Modify(CLOSED, Preconditions.NONE));
        }
        kit.stop(entity);

        ConnectionReply.Stored stored = retrieve(start());

        assertThat(stored.revision()).isEqualTo(8);
        assertThat(stored.created()).isEqualTo(NOW);
        assertThat(stored.connection()).isEqualTo(CLOSED);
    }

    @Test
    void old_clients_close_before_the_new_ones_of_a_modified_connection_start() {
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(OPEN));
        clients.holdClosing();

        ask(entity, new ConnectionCommand.Modify(withClients(1), Preconditions.NONE));
        Awaitility.await().until(() -> clients.closing() == 1);
        assertThat(clients.started()).isEqualTo(1);
        clients.letClose();

        Awaitility.await().until(() -> clients.started() == 2 && clients.running() == 1);
    }

    @Test
    void a_client_that_does_not_close_in_time_is_stopped() {
        closeTimeout = Duration.ofMillis(100);
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(OPEN));
        clients.holdClosing();

        assertThat(ask(entity, new ConnectionCommand.Close()))
                .isInstanceOf(ConnectionReply.Done.class);

        assertThat(clients.running()).isZero();
    }

    @Test
    void a_client_that_ends_by_a_fault_is_started_again() {
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(OPEN));
        Awaitility.await().until(() -> clients.running() == 1);

        clients.failOne();

        Awaitility.await().until(() -> clients.started() == 2 && clients.running() == 1);
    }

    @Test
    void opening_answers_what_the_client_says_that_is_started_again() {
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(OPEN));
        Awaitility.await().until(() -> clients.running() == 1);
        clients.unreachable = true;
        failOneAndSaySo();

        ConnectionReply reply = ask(entity, new ConnectionCommand.Open());

        assertThat(problem(reply).status()).isEqualTo(504);
        assertThat(clients.started()).isEqualTo(2);
    }

    @Test
    void who_waits_for_a_client_that_is_started_again_is_told_when_it_is_not_to_be() {
        ActorRef<Ask> entity = start();
        TestProbe<Object> opener = kit.createTestProbe();
        ask(entity, new ConnectionCommand.Create(OPEN));
        Awaitility.await().until(() -> clients.running() == 1);
        failOneAndSaySo();
        entity.tell(new Ask(new ConnectionCommand.Open(), opener.ref()));

        ask(entity, modify(CLOSED));

        assertThat(problem((ConnectionReply) opener.receiveMessage()).message())
                .contains("in the meantime");
        assertThat(clients.started()).isEqualTo(1);
    }

    /** Until the entity knows. */
    private void failOneAndSaySo() {
        LoggingTestKit.error("A client ended by a fault")
                .expect(
                        kit.system(),
                        () -> {
                            clients.failOne();
                            return null;
                        });
    }

    @Test
    void opening_answers_when_the_clients_are_open_or_what_keeps_them_from_it() {
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(CLOSED));

        assertThat(ask(entity, new ConnectionCommand.Open()))
                .isInstanceOf(ConnectionReply.Done.class);
        ask(entity, new ConnectionCommand.Close());
        clients.unreachable = true;

        assertThat(problem(ask(entity, new ConnectionCommand.Open())).status()).isEqualTo(504);
        assertThat(retrieve(entity).connection().status()).isEqualTo(ConnectionStatus.OPEN);
    }

    @Test
    void what_is_deleted_is_gone_until_it_is_created_again_and_counts_on() {
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(OPEN));

        ask(entity, new ConnectionCommand.Delete(Preconditions.NONE));

        assertThat(clients.running()).isZero();
        assertThat(problem(ask(entity, retrieveCommand())).status()).isEqualTo(404);
        assertThat(index).last().isEqualTo(new Gone("an-id", 2));
        ask(entity, new ConnectionCommand.Modify(CLOSED, Preconditions.NONE));
        assertThat(retrieve(entity).revision()).isEqualTo(3);
    }

    @Test
    void what_is_wrong_is_not_stored() {
        ActorRef<Ask> entity = start();
        Connection blocked = SampleConnections.mqtt("an-id", "tcp://10.0.0.1:1883");

        assertThat(problem(ask(entity, new ConnectionCommand.Create(blocked))).message())
                .startsWith("/uri: ");
        assertThat(problem(ask(entity, retrieveCommand())).status()).isEqualTo(404);
    }

    @Test
    void a_test_is_a_dry_run_that_stores_nothing() {
        ActorRef<Ask> entity = start();

        assertThat(ask(entity, new ConnectionCommand.Test(OPEN)))
                .isEqualTo(new ConnectionReply.Tested(FINE));

        assertThat(clients.started()).isZero();
        assertThat(tested).containsExactly(OPEN);
        assertThat(problem(ask(entity, retrieveCommand())).status()).isEqualTo(404);
    }

    @Test
    void the_past_is_played_again() {
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(CLOSED));
        ask(entity, new ConnectionCommand.Modify(OPEN, Preconditions.NONE));

        assertThat(past(entity, 1L, null).connection()).isEqualTo(CLOSED);
        assertThat(past(entity, null, NOW).connection()).isEqualTo(OPEN);
        assertThat(problem(ask(entity, new ConnectionCommand.RetrieveAt(99L, null))).code())
                .isEqualTo("connectivity:connection.history.notfound");
        assertThat(
                        problem(
                                        ask(
                                                entity,
                                                new ConnectionCommand.RetrieveAt(
                                                        null, NOW.minusSeconds(1))))
                                .code())
                .isEqualTo("connectivity:connection.history.notfound");
    }

    @Test
    void a_closed_connection_leaves_memory_when_nobody_asks_for_it_and_an_open_one_stays() {
        closedIdle = Duration.ofMillis(50);
        ActorRef<Ask> entity = start();

        ask(entity, new ConnectionCommand.Create(OPEN));
        ask(entity, new ConnectionCommand.Close());

        Awaitility.await().until(() -> !passivated.isEmpty());
    }

    @Test
    void the_index_can_ask_what_an_entity_is() {
        ActorRef<Ask> entity = start();

        entity.tell(new Ask(new IdsMessage.Peek(), asker.getRef()));

        asker.expectMessage(new Gone("an-id", 0));
    }

    @Test
    void a_hono_connection_is_shown_as_it_runs() {
        ActorRef<Ask> entity = start();
        ask(entity, new ConnectionCommand.Create(SampleConnections.hono("an-id")));

        ConnectionReply reply = ask(entity, new ConnectionCommand.RetrieveHono());

        ConnectionReply.Stored shown = ((ConnectionReply.Retrieved) reply).stored();
        assertThat(shown.revision()).isEqualTo(1);
        assertThat(shown.connection().sources().getFirst().addresses())
                .containsExactly("hono.event.an-id");
    }

    @Test
    void a_masked_secret_is_kept_and_not_told_to_another_endpoint() {
        masking = true;
        ActorRef<Ask> entity = start();
        Connection connection = SampleConnections.mqtt("an-id", "tcp://u:first@127.0.0.1:1");
        ask(entity, new ConnectionCommand.Create(connection));
        Connection shown = Secrets.masked(retrieve(entity).connection());

        ask(entity, modify(shown.with(ConnectionStatus.CLOSED)));
        ConnectionReply elsewhere =
                ask(entity, modify(SampleConnections.mqtt("an-id", "tcp://u:***@127.0.0.1:2")));
        assertThat(shown.uri().reveal()).isEqualTo("tcp://u:***@127.0.0.1:1");
        assertThat(retrieve(entity).connection())
                .isEqualTo(connection.with(ConnectionStatus.CLOSED));
        assertThat(problem(elsewhere).message()).startsWith("/uri: ").contains("endpoint");
    }

    @Test
    void a_mask_is_a_text_like_any_other_where_secrets_are_shown() {
        ActorRef<Ask> entity = start();

        ask(
                entity,
                new ConnectionCommand.Create(
                        SampleConnections.mqtt("an-id", "tcp://u:***@127.0.0.1:1")));

        assertThat(retrieve(entity).connection().uri().reveal())
                .isEqualTo("tcp://u:***@127.0.0.1:1");
    }

    private ActorRef<Ask> start() {
        ConnectionSettings settings =
                new ConnectionSettings(
                        ConnectionLimits.DEFAULTS,
                        new SnapshotSettings(5, Duration.ofHours(1)),
                        closedIdle,
                        Duration.ofHours(1),
                        Duration.ofSeconds(5),
                        closeTimeout,
                        new ConnectionSettings.Spread(
                                false, Duration.ofMillis(50), Duration.ofSeconds(5)),
                        Duration.ofSeconds(1));
        EntityEnvironment environment =
                new EntityEnvironment(
                        settings,
                        new ConnectionChecks(
                                settings.limits(),
                                _ -> new Findings(),
                                Runnable::run,
                                HostPolicy.of(kit.system())),
                        clients,
                        ClientNodes.NONE,
                        connection -> {
                            tested.add(connection);
                            return CompletableFuture.completedFuture(FINE);
                        },
                        _ -> CompletableFuture.failedFuture(new IllegalStateException()),
                        update -> {
                            index.add(update);
                            return CompletableFuture.completedFuture(null);
                        },
                        new History(
                                kit.system(),
                                (_, _, _) -> CompletableFuture.completedFuture(Optional.empty()),
                                History.journal(kit.system())),
                        connection ->
                                HonoPresets.resolve(
                                        connection,
                                        HonoConfig.of(kit.system().settings().config())),
                        new MaskedSecrets(masking),
                        Clock.fixed(NOW, ZoneOffset.UTC));
        return kit.spawn(
                ConnectionEntity.create(
                        "an-id", self -> passivated.add(self.path().name()), environment));
    }

    private ConnectionReply ask(ActorRef<Ask> entity, ConnectionCommand command) {
        entity.tell(new Ask(command, asker.getRef()));
        return (ConnectionReply) asker.receiveMessage();
    }

    private static ConnectionCommand modify(Connection connection) {
        return new ConnectionCommand.Modify(connection, Preconditions.NONE);
    }

    private ConnectionReply.Stored retrieve(ActorRef<Ask> entity) {
        return ((ConnectionReply.Retrieved) ask(entity, retrieveCommand())).stored();
    }

    private ConnectionReply.Stored past(ActorRef<Ask> entity, Long revision, Instant timestamp) {
        var command = new ConnectionCommand.RetrieveAt(revision, timestamp);
        return ((ConnectionReply.Retrieved) ask(entity, command)).stored();
    }

    private static ConnectionCommand retrieveCommand() {
        return new ConnectionCommand.Retrieve(Preconditions.NONE);
    }

    private static Problem problem(ConnectionReply reply) {
        return ((Failed) reply).problem();
    }

    private static Connection withClients(int count) {
        return SampleConnections.mqtt5("an-id", count);
    }
}
