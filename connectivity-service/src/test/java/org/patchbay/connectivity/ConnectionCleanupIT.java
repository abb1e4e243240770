package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.cleanup.CleanupCommand;
import org.patchbay.cluster.cleanup.CleanupReply;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoreRows;
import org.patchbay.cluster.store.StoredDocuments.Part;
import org.patchbay.cluster.store.StoredDocuments.StoredDocument;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionStatus;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Created;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Retrieved;
import org.patchbay.protocol.json.Json;

/** What clean-up leaves of connections, whose entities run meanwhile. */
class ConnectionCleanupIT {

    private static final Duration RETENTION = Duration.ofDays(30);

    @TempDir Path data;

    private TestCluster cluster;
    private ActorSystem<Void> node;

    @BeforeEach
    void start() {
        cluster = TestCluster.in(data, new ConnectivityNode()::guardian);
        node = cluster.start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void leaves_no_secret_of_a_deleted_connection_and_goes_on_counting() throws Exception {
        create("gone", "s3cret-1");
        modify("gone", "s3cret-2");
        ConnectivityNode.ask(node, "gone", new ConnectionCommand.Delete(Preconditions.NONE));
        create("other", "s3cret-3");
        cleanUp("gone");
        assertThat(stored()).contains("s3cret-1", "s3cret-2", "s3cret-3");

        age("gone");
        cleanUp("gone");

        assertThat(stored()).doesNotContain("s3cret-1", "s3cret-2").contains("s3cret-3");
        assertThat(history("gone", 1)).isEqualTo("connectivity:connection.history.notfound");
        assertThat(revision(create("gone", "new"))).isEqualTo(4);
    }

    @Test
    void leaves_nothing_where_even_the_last_trace_is_to_go() throws Exception {
        ask(
                new CleanupCommand.ModifyConfig(
                        (ObjectNode) Json.parse("{\"delete-final-deleted-snapshot\": true}")));
        create("gone", "s3cret-1");
        ConnectivityNode.ask(node, "gone", new ConnectionCommand.Delete(Preconditions.NONE));
        age("gone");

        cleanUp("gone");

        assertThat(stored()).doesNotContain("gone");
        assertThat(revision(create("gone", "new"))).isEqualTo(1);
        assertThat(history("gone", 1)).isEqualTo("revision 1");
    }

    @Test
    void keeps_the_history_inside_of_its_retention() throws Exception {
        create("kept", "s3cret-1");
        modify("kept", "s3cret-2");
        modify("kept", "s3cret-3");
        age("kept");
        cleanUp("kept");
        modify("kept", "s3cret-4");
        modify("kept", "s3cret-5");
        cleanUp("kept");

        assertThat(List.of(history("kept", 2), history("kept", 3), history("kept", 4)))
                .containsExactly(
                        "connectivity:connection.history.notfound", "revision 3", "revision 4");
        assertThat(historyAt(Instant.now())).isEqualTo("revision 5");
        assertThat(historyAt(Instant.now().minus(RETENTION)))
                .isEqualTo("connectivity:connection.history.notfound");
        assertThat(historyAt(Instant.MAX)).isEqualTo("revision 5");
        assertThat(historyAt(Instant.MIN)).isEqualTo("connectivity:connection.history.notfound");
        assertThat(stored()).doesNotContain("s3cret-1", "s3cret-2").contains("s3cret-3");
    }

    private ConnectionReply create(String id, String password) {
        return ConnectivityNode.ask(
                node, id, new ConnectionCommand.Create(connection(id, password)));
    }

    private void modify(String id, String password) {
        ConnectivityNode.ask(
                node,
                id,
                new ConnectionCommand.Modify(connection(id, password), Preconditions.NONE));
    }

    private static Connection connection(String id, String password) {
        return SampleConnections.mqtt(id, "tcp://user:" + password + "@127.0.0.1:1")
                .with(ConnectionStatus.CLOSED);
    }

    private static long revision(ConnectionReply reply) {
        return ((Created) reply).stored().revision();
    }

    private String history(String id, long revision) {
        return told(
                ConnectivityNode.ask(node, id, new ConnectionCommand.RetrieveAt(revision, null)));
    }

    private String historyAt(Instant time) {
        return told(
                ConnectivityNode.ask(node, "kept", new ConnectionCommand.RetrieveAt(null, time)));
    }

    private static String told(ConnectionReply reply) {
        return reply instanceof Retrieved retrieved
                ? "revision " + retrieved.stored().revision()
                : ((ConnectionReply.Failed) reply).problem().code();
    }

    private void age(String id) {
        new StoreRows(node).age("connection:" + id, RETENTION.plusDays(1));
    }

    private void cleanUp(String id) throws Exception {
        assertThat(ask(new CleanupCommand.CleanUp(id)))
                .isEqualTo(new CleanupReply.CleanedUp("connection:" + id));
    }

    private CleanupReply ask(CleanupCommand command) throws Exception {
        return Singletons.ask(
                        node,
                        Singleton.CONNECTIONS_CLEANUP,
                        command,
                        CleanupReply.class,
                        Duration.ofSeconds(20))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    /** All that the store holds of connections. */
    private String stored() throws Exception {
        List<String> texts = new ArrayList<>();
        for (Part part : Part.values()) {
            for (StoredDocument document :
                    Store.of(node)
                            .documents()
                            .documentsAfter(part, "connection:", null, 1_000)
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)) {
                texts.add(document + document.payload());
            }
        }
        return String.join("\n", texts);
    }
}
