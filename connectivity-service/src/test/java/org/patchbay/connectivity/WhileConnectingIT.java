package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.connectivity.broker.MuteServer;
import org.patchbay.connectivity.broker.TestBroker;
import org.patchbay.connectivity.connection.LinkType;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.dryrun.LayerResult;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;

/**
 * What is asked of a connection whose endpoint takes it in and never says a word. Who waits for the
 * end of an attempt would wait for minutes: the answers come because the attempt is given up.
 */
@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhileConnectingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LONG =
            """
            ditto.connectivity.client.connecting-min-timeout = 10m
            ditto.connectivity.client.disconnecting-max-timeout = 10m
            ditto.connectivity.connection.client-actor-ask-timeout = 10m
            ditto.connectivity.client.testing-timeout = 2s
            ditto.connectivity.connection.amqp10.global-connect-timeout = 10m
            patchbay.connectivity.kafka.answer-timeout = 10m
            """;

    /** The threads of libraries that have some for each client. */
    private static final List<String> THREADS =
            List.of("kafka-admin-client", "kafka-producer", "kafka-consumer", "AmqpProvider");

    private final Set<Thread> before = new HashSet<>(threads().toList());
    private TestCluster cluster;
    private ActorSystem<Void> node;

    @BeforeAll
    void start(@TempDir Path data) {
        cluster = TestCluster.in(data, new ConnectivityNode()::guardian, LONG);
        node = cluster.start();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_is_closed_and_who_waits_for_it_to_open_is_told(LinkType type) {
        try (MuteServer mute = MuteServer.started()) {
            // Given
            Connection connection = type.at(mute.port(), "closed");
            create(connection, mute);
            CompletableFuture<ConnectionReply> open =
                    ConnectivityNode.asked(node, connection.id(), new ConnectionCommand.Open());

            // When
            ConnectionReply closed = ask(connection, new ConnectionCommand.Close());

            // Then
            assertThat(closed).isEqualTo(new ConnectionReply.Done());
            assertThat(open.join())
                    .isInstanceOfSatisfying(
                            ConnectionReply.Failed.class,
                            failed -> {
                                assertThat(failed.problem().status()).isEqualTo(504);
                                assertThat(failed.problem().message()).contains("being closed");
                            });
            assertThat(ConnectivityNode.liveStatus(node, connection.id())).isEqualTo("closed");
            assertNothingIsLeft(type, mute);
            assertThat(ask(connection, new ConnectionCommand.Delete(Preconditions.NONE)))
                    .isInstanceOf(ConnectionReply.Deleted.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_is_deleted(LinkType type) {
        try (MuteServer mute = MuteServer.started()) {
            // Given
            Connection connection = type.at(mute.port(), "deleted");
            create(connection, mute);

            // When
            ConnectionReply deleted =
                    ask(connection, new ConnectionCommand.Delete(Preconditions.NONE));

            // Then
            assertThat(deleted).isInstanceOf(ConnectionReply.Deleted.class);
            assertThat(ConnectivityNode.ids(node)).doesNotContain(connection.id());
            assertNothingIsLeft(type, mute);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_is_modified_opens_at_the_other_endpoint(LinkType type) {
        try (MuteServer mute = MuteServer.started();
                TestBroker broker = type.startBroker()) {
            // Given
            Connection connection = type.at(mute.port(), "modified");
            create(connection, mute);

            // When
            ConnectionReply modified =
                    ask(
                            connection,
                            new ConnectionCommand.Modify(
                                    type.at(broker.port(), "modified"), Preconditions.NONE));

            // Then
            assertThat(modified).isInstanceOf(ConnectionReply.Modified.class);
            assertThat(ask(connection, new ConnectionCommand.Open()))
                    .isEqualTo(new ConnectionReply.Done());
            assertThat(ConnectivityNode.liveStatus(node, connection.id())).isEqualTo("open");

            // When
            assertThat(ask(connection, new ConnectionCommand.Delete(Preconditions.NONE)))
                    .isInstanceOf(ConnectionReply.Deleted.class);

            // Then
            assertNothingIsLeft(type, mute);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_test_of_a_connection_says_that_nobody_answered(LinkType type) {
        try (MuteServer mute = MuteServer.started()) {
            // Given
            Connection connection = type.at(mute.port(), "tried");

            // When
            ConnectionReply reply = ask(connection, new ConnectionCommand.Test(connection));

            // Then
            DryRunReport report = ((ConnectionReply.Tested) reply).report();
            assertThat(report.problem().status()).isEqualTo(504);
            assertThat(report.problem().code()).isEqualTo("connectivity:connection.failed");
            assertThat(report.layers().get(Layer.AUTHENTICATION.ordinal()))
                    .isInstanceOfSatisfying(
                            LayerResult.Failed.class,
                            failed ->
                                    assertThat(failed.message())
                                            .containsPattern(
                                                    "No answer within|did not answer in time"));
            assertThat(ConnectivityNode.ids(node)).doesNotContain(connection.id());
            assertNothingIsLeft(type, mute);
        }
    }

    private void create(Connection connection, MuteServer mute) {
        assertThat(ask(connection, new ConnectionCommand.Create(connection)))
                .isInstanceOf(ConnectionReply.Created.class);
        await().atMost(PATIENCE).until(() -> mute.open() > 0);
    }

    private ConnectionReply ask(Connection connection, ConnectionCommand command) {
        return ConnectivityNode.ask(node, connection.id(), command);
    }

    private void assertNothingIsLeft(LinkType type, MuteServer mute) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mute.open()).as(type.name()).isZero());
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        threads()
                                                .filter(one -> !before.contains(one))
                                                .map(Thread::getName))
                                .isEmpty());
    }

    private static Stream<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> THREADS.stream().anyMatch(thread.getName()::contains))
                .collect(Collectors.toSet())
                .stream();
    }
}
