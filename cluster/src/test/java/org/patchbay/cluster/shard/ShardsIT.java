package org.patchbay.cluster.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.node.Counter;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.cluster.store.Store;
import org.patchbay.cluster.store.StoredDocuments.Part;
import org.patchbay.cluster.store.StoredDocuments.StoredDocument;
import org.patchbay.protocol.Problem;

class ShardsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ONE_TRY = Duration.ofSeconds(5);

    /**
     * Where each connection was started last, as {@code id@system}; filled by the nodes of this
     * JVM.
     */
    private static final Set<String> STARTED = ConcurrentHashMap.newKeySet();

    @TempDir Path data;

    @Test
    void an_entity_keeps_its_state_when_its_node_is_killed() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ShardsIT::hostThings)) {
            ActorSystem<Void> first = cluster.start();
            ActorSystem<Void> second = cluster.start();
            List<String> ids = IntStream.range(0, 20).mapToObj(i -> "org.acme:thing-" + i).toList();
            for (String id : ids) {
                assertThat(count(second, EntityKind.THING, id)).isEqualTo(1);
            }

            cluster.kill(first);

            for (String id : ids) {
                Awaitility.await()
                        .ignoreExceptions()
                        .until(() -> count(second, EntityKind.THING, id, ONE_TRY) >= 2);
            }
        }
    }

    @Test
    void the_oldest_node_survives_the_other_one_too() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ShardsIT::hostThings)) {
            ActorSystem<Void> first = cluster.start();
            ActorSystem<Void> second = cluster.start();
            assertThat(count(first, EntityKind.THING, "a:b")).isEqualTo(1);

            cluster.kill(second);

            cluster.awaitAllUp();
            assertThat(count(first, EntityKind.THING, "a:b")).isEqualTo(2);
        }
    }

    @Test
    void a_node_that_leaves_hands_its_entities_over() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ShardsIT::hostThings)) {
            ActorSystem<Void> first = cluster.start();
            ActorSystem<Void> second = cluster.start();
            assertThat(count(second, EntityKind.THING, "a:b")).isEqualTo(1);

            cluster.leave(first);

            assertThat(count(second, EntityKind.THING, "a:b")).isEqualTo(2);
        }
    }

    @Test
    void remembered_entities_come_back_by_themselves_and_passivated_ones_do_not() throws Exception {
        STARTED.clear();
        try (TestCluster cluster = TestCluster.in(data, ShardsIT::hostConnections)) {
            ActorSystem<Void> node = cluster.start();
            count(node, EntityKind.CONNECTION, "open");
            count(node, EntityKind.CONNECTION, "closed");
            assertThatThrownBy(() ->
                            ask(
                                    node,
                                    "closed",
                                    Counter.ONE.describedBy("passivate"),
                                    Duration.ofMillis(300)))
                    .hasCauseInstanceOf(TimeoutException.class);
            // Two were started and one was stopped.
            Awaitility.await().until(() -> remembered(node).size() == 3);
            cluster.kill(node);
            assertThat(STARTED).containsExactlyInAnyOrder("open", "closed");
        }
        STARTED.clear();

        try (TestCluster cluster = TestCluster.in(data, ShardsIT::hostConnections)) {
            ActorSystem<Void> node = cluster.start();
            Awaitility.await().until(() -> STARTED.contains("open"));

            assertThat(count(node, EntityKind.CONNECTION, "open")).isEqualTo(2);
            assertThat(STARTED).containsExactly("open");
        }
    }

    @Test
    void a_node_without_the_role_asks_through_a_proxy() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, ShardsIT::hostThings)) {
            cluster.start();
            ActorSystem<Void> gateway = cluster.start("patchbay.roles = gateway");

            assertThat(count(gateway, EntityKind.THING, "a:b")).isEqualTo(1);
        }
    }

    /** Waits longer than the coordinator does for a node that is only just starting to shard. */
    private static int count(ActorSystem<?> node, EntityKind kind, String id) throws Exception {
        return count(node, kind, id, PATIENCE);
    }

    private static int count(ActorSystem<?> node, EntityKind kind, String id, Duration timeout)
            throws Exception {
        return Shards.of(node)
                .ask(kind, id, Counter.ONE, Problem.class, timeout)
                .toCompletableFuture()
                .get()
                .status();
    }

    private static Problem ask(ActorSystem<?> node, String id, Problem command, Duration timeout)
            throws Exception {
        return Shards.of(node)
                .ask(EntityKind.CONNECTION, id, command, Problem.class, timeout)
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** What is stored of which connections run: an event each time that one starts or stops. */
    private static List<StoredDocument> remembered(ActorSystem<?> node) throws Exception {
        return Store.of(node)
                .documents()
                .documentsAfter(Part.EVENT, "/sharding/connectionShard", null, 100)
                .toCompletableFuture()
                .get();
    }

    private static Behavior<Void> hostThings() {
        return Behaviors.setup(context -> {
            if (Shards.of(context.getSystem()).hosts(EntityKind.THING)) {
                Shards.host(
                        context.getSystem(),
                        EntityKind.THING,
                        (id, _) -> Counter.create(EntityKind.THING, id));
            }
            return Behaviors.empty();
        });
    }

    /** Connections that count, and passivate themselves when a command is described so. */
    private static Behavior<Void> hostConnections() {
        return Behaviors.setup(context -> {
            Shards.host(context.getSystem(), EntityKind.CONNECTION, ShardsIT::connection);
            return Behaviors.empty();
        });
    }

    private static Behavior<Ask> connection(String id, Shards.Passivation passivation) {
        return Behaviors.setup(context -> {
            STARTED.add(id);
            var counter = context.spawn(Counter.create(EntityKind.CONNECTION, id), "counter");
            return Behaviors.receiveMessage(ask -> {
                if (((Problem) ask.command()).description() == null) {
                    counter.tell(ask);
                } else {
                    passivation.passivate(context.getSelf());
                }
                return Behaviors.same();
            });
        });
    }
}
