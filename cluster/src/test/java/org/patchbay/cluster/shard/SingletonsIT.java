package org.patchbay.cluster.shard;

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
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.protocol.Problem;

class SingletonsIT {

    private static final Problem WHERE = Problem.of(1, "where", "Where are you?");

    @TempDir Path data;

    @Test
    void is_asked_from_every_node_and_moves_when_its_node_is_killed() throws Exception {
        try (TestCluster cluster = TestCluster.in(data, SingletonsIT::root)) {
            ActorSystem<Void> first = cluster.start();
            ActorSystem<Void> second = cluster.start();
            String before = where(second);
            assertThat(where(first)).isEqualTo(before);
            assertThat(before).contains("/user/connectivityRoot/connectionIdsRetrieval/singleton");

            cluster.kill(first);

            Awaitility.await().ignoreExceptions().until(() -> !where(second).equals(before));
        }
    }

    private static String where(ActorSystem<?> node) throws Exception {
        return Singletons.ask(
                        node, Singleton.CONNECTION_IDS, WHERE, Problem.class, Duration.ofSeconds(5))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .message();
    }

    private static Behavior<Void> root() {
        return Behaviors.setup(context -> {
            context.spawn(
                    Behaviors.setup(root -> {
                        Singletons.host(root, Singleton.CONNECTION_IDS, singleton());
                        return Behaviors.empty();
                    }),
                    "connectivityRoot");
            return Behaviors.empty();
        });
    }

    private static Behavior<Ask> singleton() {
        return Behaviors.setup(context ->
                Behaviors.receiveMessage(ask -> {
                    ask.replyTo()
                            .tell(
                                    Problem.of(
                                            1,
                                            "here",
                                            context.getSelf().path()
                                                    + "@"
                                                    + context.getSystem().address()));
                    return Behaviors.same();
                }));
    }
}
