package org.patchbay.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.connectivity.connection.SampleConnections;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Preconditions;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;

/** The list of ids while connections come and go, and while it moves to another node. */
class ConnectionIdsIT {

    private static final int WORKERS = 4;

    @TempDir Path data;

    /** Created and never deleted. */
    private final Set<String> staying = new ConcurrentSkipListSet<>();

    /** Deleted and not created again. */
    private final Set<String> gone = new ConcurrentSkipListSet<>();

    /** Whose fate is not known, because the answer did not come. */
    private final Set<String> doubtful = new ConcurrentSkipListSet<>();

    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void lists_each_id_once_and_misses_none_while_connections_come_and_go_and_over_a_fail_over()
            throws Exception {
        try (TestCluster cluster =
                        TestCluster.in(
                                data,
                                new ConnectivityNode()::guardian,
                                // Reads through the store all the time.
                                """
                                ditto.connectivity.persistence-ping { initial-delay = 10ms, interval = 10ms }
                                ditto.connectivity.connection-ids-retrieval.read-snapshot-batch-size = 7
                                """);
                ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            ActorSystem<Void> first = cluster.start();
            ActorSystem<Void> second = cluster.start();
            List<Future<?>> workers = new ArrayList<>();
            for (int n = 0; n < WORKERS; n++) {
                String name = "worker" + n + "-";
                workers.add(threads.submit(() -> comeAndGo(second, name)));
            }
            Awaitility.await().until(() -> staying.size() > 40 && gone.size() > 40);
            for (int n = 0; n < 20; n++) {
                check(second);
            }

            cluster.kill(first);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> check(second));
            int before = staying.size();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> check(second) && staying.size() > before + 20);
            stop.set(true);
            for (Future<?> worker : workers) {
                worker.get(30, TimeUnit.SECONDS);
            }
            for (String id : doubtful) {
                if (exists(second, id)) {
                    staying.add(id);
                } else {
                    gone.add(id);
                }
            }
            assertThat(ids(second))
                    .containsExactlyElementsOf(staying)
                    .doesNotContainAnyElementsOf(gone);
        }
    }

    /** Every other connection is deleted again. */
    private void comeAndGo(ActorSystem<?> node, String name) {
        AtomicInteger number = new AtomicInteger();
        while (!stop.get()) {
            String id = name + number.incrementAndGet();
            boolean deleted = number.get() % 2 == 0;
            try {
                ConnectionReply created =
                        ask(node, id, new ConnectionCommand.Create(SampleConnections.closed(id)));
                ConnectionReply last =
                        deleted
                                ? ask(node, id, new ConnectionCommand.Delete(Preconditions.NONE))
                                : created;
                if (last instanceof ConnectionReply.Failed) {
                    doubtful.add(id);
                } else {
                    (deleted ? gone : staying).add(id);
                }
            } catch (Exception noAnswer) {
                doubtful.add(id);
            }
        }
    }

    /** What was known before the list was asked for must show in it. */
    private boolean check(ActorSystem<?> node) throws Exception {
        Set<String> stayed = Set.copyOf(staying);
        Set<String> went = Set.copyOf(gone);
        List<String> ids = ids(node);
        assertThat(ids)
                .doesNotHaveDuplicates()
                .isSorted()
                .containsAll(stayed)
                .doesNotContainAnyElementsOf(went);
        return true;
    }

    private static boolean exists(ActorSystem<?> node, String id) throws Exception {
        return ask(node, id, new ConnectionCommand.Retrieve(Preconditions.NONE))
                instanceof ConnectionReply.Retrieved;
    }

    private static ConnectionReply ask(ActorSystem<?> node, String id, ConnectionCommand command)
            throws Exception {
        return Shards.of(node)
                .ask(
                        EntityKind.CONNECTION,
                        id,
                        command,
                        ConnectionReply.class,
                        Duration.ofSeconds(10))
                .toCompletableFuture()
                .get(15, TimeUnit.SECONDS);
    }

    private static List<String> ids(ActorSystem<?> node) throws Exception {
        return Singletons.ask(
                        node,
                        Singleton.CONNECTION_IDS,
                        new ConnectionIdsQuery.All(),
                        ConnectionIdsQuery.Ids.class,
                        Duration.ofSeconds(5))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .ids();
    }
}
