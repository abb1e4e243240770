package org.patchbay.cluster.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.health.Health.Part;
import org.patchbay.cluster.health.Health.Status;
import org.patchbay.cluster.node.Counter;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;

class HealthIT {

    @TempDir Path data;

    @Test
    void a_node_whose_services_run_is_up() {
        try (TestCluster cluster = TestCluster.in(data, HealthIT::hostAll)) {
            ActorSystem<Void> node = cluster.start();

            Awaitility.await().until(() -> Health.isUp(check(node)));
        }
    }

    @Test
    void a_node_whose_services_do_not_run_yet_is_down() throws Exception {
        try (TestCluster cluster =
                TestCluster.in(data, Behaviors::empty, "patchbay.health.check-timeout = 300ms")) {
            ActorSystem<Void> node = cluster.start();

            assertThat(check(node))
                    .hasEntrySatisfying(
                            "cluster", part -> assertThat(part.status()).isEqualTo(Status.UP))
                    .hasEntrySatisfying(
                            "shards/thing",
                            part -> assertThat(part.status()).isEqualTo(Status.DOWN));
        }
    }

    @Test
    void a_store_that_is_gone_is_named() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, HealthIT::hostAll)) {
            ActorSystem<Void> node = cluster.start();
            putDirectoryInPlaceOf(data.resolve("patchbay.db"));

            assertThat(check(node))
                    .hasEntrySatisfying(
                            "store", part -> assertThat(part.status()).isEqualTo(Status.DOWN));
        }
    }

    @Test
    void a_part_that_fails_is_down_and_says_why() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, HealthIT::hostAll)) {
            ActorSystem<Void> node = cluster.start();
            Health.of(node)
                    .register(
                            "mine",
                            () ->
                                    CompletableFuture.failedFuture(
                                            new IllegalStateException("broken")));

            Map<String, Part> parts = check(node);

            assertThat(Health.isUp(parts)).isFalse();
            assertThat(parts)
                    .hasEntrySatisfying(
                            "mine", part -> assertThat(part.detail()).contains("broken"));
        }
    }

    /** In one step, as whoever opens the file in between would make a new one. */
    private static void putDirectoryInPlaceOf(Path file) throws IOException {
        Path directory = Files.createDirectory(file.resolveSibling("no-store"));
        Path link = Files.createSymbolicLink(file.resolveSibling("link"), directory);
        Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Map<String, Part> check(ActorSystem<?> node) throws Exception {
        return Health.of(node).check().toCompletableFuture().get(10, TimeUnit.SECONDS);
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
