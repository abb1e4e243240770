package org.patchbay.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.health.Health;
import org.patchbay.cluster.node.Counter;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.protocol.Problem;

class PostgresqlIT {

    @TempDir Path data;

    @Test
    void keeps_entities_over_a_restart_and_lists_them() throws Exception {
        try (PostgresServer server = PostgresServer.startedOrSkipped()) {
            try (TestCluster cluster =
                    TestCluster.in(data, PostgresqlIT::hostAll, server.config())) {
                ActorSystem<Void> node = cluster.start();
                assertThat(count(node, "a:b")).isEqualTo(1);
                assertThat(count(node, "a:c")).isEqualTo(1);
            }

            try (TestCluster cluster =
                    TestCluster.in(data, PostgresqlIT::hostAll, server.config())) {
                ActorSystem<Void> node = cluster.start();
                assertThat(count(node, "a:b")).isEqualTo(2);
                assertThat(
                                Store.of(node)
                                        .documents()
                                        .idsAfter("thing:", null, 10)
                                        .toCompletableFuture()
                                        .get(10, TimeUnit.SECONDS))
                        .containsExactly("thing:a:b", "thing:a:c");
                Awaitility.await()
                        .until(() ->
                                Health.isUp(
                                        Health.of(node)
                                                .check()
                                                .toCompletableFuture()
                                                .get(10, TimeUnit.SECONDS)));
            }
        }
    }

    private static int count(ActorSystem<?> node, String id) throws Exception {
        return Shards.of(node)
                .ask(EntityKind.THING, id, Counter.ONE, Problem.class, Duration.ofSeconds(10))
                .toCompletableFuture()
                .get(15, TimeUnit.SECONDS)
                .status();
    }

    private static Behavior<Void> hostAll() {
        return Behaviors.setup(context -> {
            for (EntityKind kind : EntityKind.values()) {
                Shards.host(context.getSystem(), kind, (id, _) -> Counter.create(kind, id));
            }
            return Behaviors.empty();
        });
    }
}
