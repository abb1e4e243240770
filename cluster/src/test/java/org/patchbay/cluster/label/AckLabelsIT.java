package org.patchbay.cluster.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.label.AckLabels.Declared;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.protocol.ProblemException;

class AckLabelsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path data;

    @Test
    void a_label_is_one_groups_in_the_whole_cluster_until_its_owner_stops() {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> one = cluster.start();
            ActorSystem<Void> other = cluster.start();
            TestProbe<Void> session = TestProbe.create(one);
            granted(declare(one, "session:1", session, "a:x", "a:y"));

            // Another group is refused, all or nothing; the own one is not.
            TestProbe<Void> rival = TestProbe.create(other);
            assertRefused(declare(other, "connection:a", rival, "a:free", "a:y"), "a:y");
            granted(declare(other, "session:2", TestProbe.create(other), "a:free"));
            granted(declare(other, "session:1", TestProbe.create(other), "a:x"));
            assertRefused(declare(one, "connection:a", TestProbe.create(one), "a:x"), "a:x");

            session.stop();

            await().untilAsserted(() -> granted(declare(other, "connection:a", rival, "a:y")));
        }
    }

    @Test
    void what_is_withdrawn_is_free_at_once() {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> node = cluster.start();
            TestProbe<Void> session = TestProbe.create(node);
            Declared declared = granted(declare(node, "session:1", session, "x"));

            declared.withdraw();

            granted(declare(node, "session:2", session, "x"));
        }
    }

    @Test
    void of_many_that_want_a_label_at_the_same_time_at_most_one_gets_it() {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            List<ActorSystem<Void>> nodes =
                    List.of(cluster.start(), cluster.start(), cluster.start());
            List<CompletableFuture<Declared>> wishes = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                ActorSystem<Void> node = nodes.get(i % 3);
                wishes.add(declare(node, "session:" + i, TestProbe.create(node), "x" + i / 6));
            }

            wishes.forEach(wish ->
                    wish.handle((_, _) -> true)
                            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .join());

            for (int label = 0; label < 10; label++) {
                assertThat(wishes.subList(label * 6, label * 6 + 6))
                        .filteredOn(wish -> !wish.isCompletedExceptionally())
                        .hasSizeLessThanOrEqualTo(1);
            }
            assertThat(wishes).anyMatch(wish -> !wish.isCompletedExceptionally());
        }
    }

    @Test
    void the_labels_of_a_killed_node_are_free_when_it_is_removed() {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> survivor = cluster.start();
            ActorSystem<Void> killed = cluster.start();
            TestProbe<Void> session = TestProbe.create(survivor);
            granted(declare(killed, "session:1", TestProbe.create(killed), "x"));
            assertRefused(declare(survivor, "session:2", session, "x"), "x");

            cluster.kill(killed);

            granted(declare(survivor, "session:2", session, "x"));
        }
    }

    @Test
    void who_joins_later_finds_what_the_others_have() {
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty)) {
            ActorSystem<Void> first = cluster.start();
            granted(declare(first, "session:1", TestProbe.create(first), "x"));

            ActorSystem<Void> late = cluster.start();

            assertRefused(declare(late, "session:2", TestProbe.create(late), "x"), "x");
        }
    }

    @Test
    void a_node_keeps_no_more_labels_than_it_is_allowed_to() {
        String bounds =
                "patchbay.acknowledgement-labels {per-node-max = 3, per-declaration-max = 2}";
        try (TestCluster cluster = TestCluster.in(data, Behaviors::empty, bounds)) {
            ActorSystem<Void> node = cluster.start();
            TestProbe<Void> session = TestProbe.create(node);

            assertThatThrownBy(() -> declare(node, "session:1", session, "x", "y", "z").join())
                    .hasCauseInstanceOf(ProblemException.class);
            granted(declare(node, "session:1", session, "x", "y"));
            assertThatThrownBy(() -> declare(node, "session:2", session, "v", "w").join())
                    .hasCauseInstanceOf(ProblemException.class);
            granted(declare(node, "session:2", session, "v"));
        }
    }

    private static CompletableFuture<Declared> declare(
            ActorSystem<?> node, String group, TestProbe<Void> owner, String... labels) {
        return AckLabels.of(node).declare(group, Set.of(labels), owner.ref()).toCompletableFuture();
    }

    private static Declared granted(CompletableFuture<Declared> wish) {
        return wish.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static void assertRefused(CompletableFuture<Declared> wish, String label) {
        assertThatThrownBy(() -> granted(wish))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> {
                            assertThat(refused.problem().status()).isEqualTo(409);
                            assertThat(refused.problem().code())
                                    .isEqualTo("acknowledgement:label.not.unique");
                            assertThat(refused.problem().message()).contains("'" + label + "'");
                        });
    }
}
