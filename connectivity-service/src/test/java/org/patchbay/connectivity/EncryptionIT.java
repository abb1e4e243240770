package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.cluster.store.DataFiles;
import org.patchbay.cluster.store.PostgresServer;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoredDocuments.Part;
import org.patchbay.cluster.store.StoredDocuments.StoredDocument;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.json.ConnectionJson;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Abort;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.Migrate;
import org.patchbay.connectivity.model.vocabulary.EncryptionMigrationCommand.RetrieveStatus;
import org.patchbay.protocol.json.Json;

/** Secrets in a real store, over restarts with other keys. */
class EncryptionIT {

    private static final String SECRET = "s3cr3t";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String ONE = key(1);
    private static final String TWO = key(2);

    private static final String OFF = "";
    private static final String SLOW =
            "ditto.connectivity.connection.encryption.migration"
                    + " { batch-size = 2, max-documents-per-minute = 1 }\n";
    private static final String FAST =
            "ditto.connectivity.connection.encryption.migration"
                    + " { batch-size = 2, max-documents-per-minute = 0 }\n";

    @TempDir Path data;
    private String store = "";

    @Test
    void what_was_stored_in_plain_text_is_encrypted_and_nothing_of_it_is_left_in_the_files()
            throws Exception {
        List<Connection> connections = new ArrayList<>();
        node(OFF, node -> create(node, 40, connections));
        assertThat(DataFiles.hold(data, SECRET)).isTrue();

        node(
                FAST + on(ONE, null),
                node -> {
                    assertSame(node, connections);
                    JsonNode dry = completed(node, new Migrate(true, false));
                    assertThat(documents(node))
                            .anyMatch(document -> document.payload().contains(SECRET));

                    JsonNode migrated = completed(node, new Migrate(false, false));

                    assertThat(migrated.get("snapshots")).isEqualTo(dry.get("snapshots"));
                    assertThat(migrated.get("journalEvents")).isEqualTo(dry.get("journalEvents"));
                    assertThat(migrated.at("/journalEvents/processed").asInt()).isPositive();
                    Awaitility.await().atMost(TIMEOUT).until(() -> !DataFiles.hold(data, SECRET));
                    assertSame(node, connections);
                });

        node(
                on(ONE, null),
                node -> {
                    assertSame(node, connections);
                    assertThat(ask(node, new Migrate(false, true)).get("phase").asText())
                            .isEqualTo("already_completed");
                });
    }

    @Test
    void keys_are_rotated_and_encryption_is_switched_off_again() throws Exception {
        List<Connection> connections = new ArrayList<>();
        node(on(ONE, null), node -> create(node, 3, connections));
        assertThat(DataFiles.hold(data, SECRET)).isFalse();

        node(
                FAST + on(TWO, ONE),
                node -> {
                    assertSame(node, connections);
                    completed(node, new Migrate(false, false));
                });
        node(on(TWO, null), node -> assertSame(node, connections));
        node(
                FAST + off(TWO),
                node -> {
                    assertSame(node, connections);
                    completed(node, new Migrate(false, false));
                });
        node(
                OFF,
                node -> {
                    assertSame(node, connections);
                    assertThat(documents(node)).noneMatch(document -> isSealed(document.payload()));
                    assertThat(failure(node, new Migrate(false, false)))
                            .contains("nothing to migrate");
                });
    }

    @Test
    void a_connection_that_no_key_opens_says_so_and_is_alone_with_it() throws Exception {
        List<Connection> connections = new ArrayList<>();
        node(on(ONE, null), node -> create(node, 3, connections));

        node(
                FAST + on(TWO, null),
                node -> {
                    ConnectivityNode.ask(node, "c0", new ConnectionCommand.Open());
                    assertThat(ConnectivityNode.liveStatus(node, "c0")).isEqualTo("misconfigured");
                    assertThat(
                                    ConnectivityNode.ask(
                                            node, "c0", new ConnectionCommand.RetrieveStatus()))
                            .asString()
                            .contains("No configured key", "/credentials/password");
                    ConnectivityNode.ask(node, "c0", new ConnectionCommand.Close());
                    connections.set(1, changed(node, 1));
                    connections.add(changed(node, 3));
                    JsonNode migrated = completed(node, new Migrate(false, false));
                    assertThat(migrated.at("/journalEvents/failed").asInt()).isPositive();
                });

        node(on(TWO, ONE), node -> assertSame(node, connections));
    }

    @Test
    void a_migration_is_aborted_resumed_and_goes_on_by_itself_on_another_node() throws Exception {
        List<Connection> connections = new ArrayList<>();
        node(OFF, node -> create(node, 5, connections));

        node(
                SLOW + on(ONE, null),
                node -> {
                    assertThat(ask(node, new RetrieveStatus()).get("phase").asText())
                            .isEqualTo("not_started");
                    assertThat(failure(node, new Abort())).contains("No migration is running");
                    assertThat(ask(node, new Migrate(false, true)).get("status").asInt())
                            .isEqualTo(200);

                    JsonNode started = ask(node, new Migrate(false, false));
                    assertThat(started.get("status").asInt()).isEqualTo(202);
                    assertThat(started.get("phase").asText()).isEqualTo("snapshots");
                    awaitRewritten(node, 2);
                    assertThat(failure(node, new Migrate(false, false)))
                            .contains("running already");

                    JsonNode aborted = ask(node, new Abort());
                    assertThat(aborted.get("phase").asText()).isEqualTo("aborted:snapshots");
                    assertThat(aborted.at("/snapshots/processed").asInt()).isEqualTo(2);
                    assertThat(ask(node, new RetrieveStatus()).get("migrationActive").asBoolean())
                            .isFalse();

                    JsonNode resumed = ask(node, new Migrate(false, true));
                    assertThat(resumed.get("resumed").asBoolean()).isTrue();
                    assertThat(resumed.get("startedAt")).isEqualTo(started.get("startedAt"));
                    awaitRewritten(node, 4);
                    assertThat(documents(node))
                            .anyMatch(document -> document.payload().contains(SECRET));
                });

        node(
                FAST + on(ONE, null),
                node -> {
                    awaitCompleted(node);
                    assertThat(documents(node))
                            .isNotEmpty()
                            .noneMatch(document -> document.payload().contains(SECRET));
                    assertSame(node, connections);
                });
    }

    @Test
    void connections_are_modified_while_they_are_migrated() throws Exception {
        migratesUnderLoad();
    }

    @Test
    void connections_are_modified_while_they_are_migrated_on_postgresql() throws Exception {
        try (PostgresServer server = PostgresServer.startedOrSkipped()) {
            store = server.config() + "\n";
            migratesUnderLoad();
        }
    }

    private void migratesUnderLoad() throws Exception {
        List<Connection> connections = new ArrayList<>();
        node(OFF, node -> create(node, 10, connections));

        node(
                FAST + on(ONE, null),
                node -> {
                    ask(node, new Migrate(false, false));
                    CompletableFuture<?>[] writers =
                            IntStream.range(0, 10)
                                    .mapToObj(i ->
                                            CompletableFuture.runAsync(
                                                    () -> connections.set(i, changed(node, i))))
                                    .toArray(CompletableFuture[]::new);
                    CompletableFuture.allOf(writers).get(30, TimeUnit.SECONDS);
                    awaitCompleted(node);

                    assertThat(documents(node))
                            .isNotEmpty()
                            .noneMatch(document -> document.payload().contains(SECRET));
                });

        node(on(ONE, null), node -> assertSame(node, connections));
    }

    private interface Scene {
        void on(ActorSystem<Void> node) throws Exception;
    }

    /** A node that is killed when the scene is over. */
    private void node(String config, Scene scene) throws Exception {
        ConnectivityNode behaviour = new ConnectivityNode();
        String all =
                store
                        + "patchbay.connectivity.allow-loopback-addresses = on\n"
                        + "ditto.connectivity.connection.snapshot.threshold = 3\n"
                        + config;
        try (TestCluster cluster = TestCluster.in(data, behaviour::guardian, all)) {
            scene.on(cluster.start());
        }
    }

    private static void create(ActorSystem<?> node, int count, List<Connection> into) {
        IntStream.range(0, count).forEach(i -> into.add(changed(node, i)));
    }

    /** Creates a connection or modifies it, several times, so that there is a snapshot too. */
    private static Connection changed(ActorSystem<?> node, int number) {
        String id = "c" + number;
        Connection last = connection(id, 0);
        for (int version = 1; version <= 5; version++) {
            last = connection(id, version);
            assertThat(
                            ConnectivityNode.ask(
                                    node,
                                    id,
                                    new ConnectionCommand.Modify(last, Preconditions.NONE)))
                    .isNotInstanceOf(ConnectionReply.Failed.class);
        }
        return last;
    }

    private static Connection connection(String id, int version) {
        return ConnectionJson.read(
                Json.parse(
                        """
                        {"name": "version %1$d", "connectionType": "mqtt", "connectionStatus": "closed",
                         "uri": "tcp://user:%2$s-uri@127.0.0.1:1",
                         "credentials": {"type": "plain", "username": "u",
                                         "password": "%2$s-%1$d"},
                         "sources": [{"addresses": ["in/%3$s"], "qos": 1,
                                      "authorizationContext": ["nginx:ditto"]}]}
                        """
                                .formatted(version, SECRET, "x".repeat(version * 700))),
                id);
    }

    private static void assertSame(ActorSystem<?> node, List<Connection> connections) {
        assertThat(connections)
                .isNotEmpty()
                .allSatisfy(connection ->
                        assertThat(
                                        ConnectivityNode.ask(
                                                node,
                                                connection.id(),
                                                new ConnectionCommand.Retrieve(Preconditions.NONE)))
                                .isInstanceOfSatisfying(
                                        ConnectionReply.Retrieved.class,
                                        reply ->
                                                assertThat(reply.stored().connection())
                                                        .isEqualTo(connection)));
    }

    private static JsonNode completed(ActorSystem<?> node, Migrate command) {
        assertThat(ask(node, command).get("status").asInt()).isEqualTo(202);
        return awaitCompleted(node);
    }

    private static JsonNode awaitCompleted(ActorSystem<?> node) {
        return Awaitility.await()
                .atMost(TIMEOUT)
                .until(
                        () -> ask(node, new RetrieveStatus()),
                        status -> status.get("phase").asText().equals("completed"));
    }

    private static void awaitRewritten(ActorSystem<?> node, int snapshots) {
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() ->
                        ask(node, new RetrieveStatus()).at("/snapshots/processed").asInt()
                                == snapshots);
    }

    private static JsonNode ask(ActorSystem<?> node, EncryptionMigrationCommand command) {
        return ((ConnectionReply.Report) reply(node, command)).json();
    }

    private static String failure(ActorSystem<?> node, EncryptionMigrationCommand command) {
        return ((ConnectionReply.Failed) reply(node, command)).problem().message();
    }

    private static ConnectionReply reply(ActorSystem<?> node, EncryptionMigrationCommand command) {
        return Singletons.ask(
                        node,
                        Singleton.ENCRYPTION_MIGRATION,
                        command,
                        ConnectionReply.class,
                        TIMEOUT)
                .toCompletableFuture()
                .orTimeout(25, TimeUnit.SECONDS)
                .join();
    }

    private static List<StoredDocument> documents(ActorSystem<?> node) {
        return Stream.of(Part.values())
                .flatMap(part ->
                        Store.of(node)
                                .documents()
                                .documentsAfter(part, "connection:", null, 10_000)
                                .toCompletableFuture()
                                .orTimeout(20, TimeUnit.SECONDS)
                                .join()
                                .stream())
                .toList();
    }

    private static boolean isSealed(String payload) {
        return payload.contains("aes256gcm.");
    }

    private static String on(String key, @Nullable String oldKey) {
        return encryption(true, key, oldKey);
    }

    private static String off(String oldKey) {
        return encryption(false, null, oldKey);
    }

    private static String encryption(boolean on, @Nullable String key, @Nullable String oldKey) {
        return """
        ditto.connectivity.connection.encryption {
          encryption-enabled = %s, symmetrical-key = "%s", old-symmetrical-key = "%s"
        }
        """
                .formatted(on, key == null ? "" : key, oldKey == null ? "" : oldKey);
    }

    private static String key(int of) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) of);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
