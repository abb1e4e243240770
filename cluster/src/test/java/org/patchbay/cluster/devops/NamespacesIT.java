package org.patchbay.cluster.devops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.devops.DevOpsCommand.BlockNamespace;
import org.patchbay.cluster.devops.DevOpsCommand.PurgeNamespace;
import org.patchbay.cluster.devops.DevOpsCommand.StopNamespace;
import org.patchbay.cluster.devops.DevOpsCommand.UnblockNamespace;
import org.patchbay.cluster.namespace.BlockedNamespaces;
import org.patchbay.cluster.node.Counter;
import org.patchbay.cluster.node.TestCluster;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.JsonPointer;

/** Two nodes with things and policies that count what they are sent, on the real store. */
class NamespacesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Problem BLOCKED = Problem.of(409, "namespace.blocked", "");

    private static TestCluster cluster;
    private static ActorSystem<Void> first;
    private static ActorSystem<Void> second;

    @BeforeAll
    static void start(@TempDir Path data) {
        cluster =
                TestCluster.in(
                        data,
                        NamespacesIT::host,
                        "ditto.persistence.operations.delay-after-persistence-actor-shutdown = 100ms");
        first = cluster.start("patchbay.instance = one");
        second = cluster.start("patchbay.instance = two");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void a_blocked_namespace_is_out_of_reach_on_every_node_until_the_block_is_lifted()
            throws Exception {
        assertThat(count(first, EntityKind.THING, "org.blocked:a")).isEqualTo(1);

        everybody(new BlockNamespace("org.blocked", BlockedNamespaces.NEVER));

        for (ActorSystem<Void> node : List.of(first, second)) {
            for (EntityKind kind : List.of(EntityKind.THING, EntityKind.POLICY)) {
                assertThat(ask(node, kind, "org.blocked:a").code()).isEqualTo(BLOCKED.code());
                assertThat(ask(node, kind, "org.blocked:b").status()).isEqualTo(409);
            }
            assertThat(count(node, EntityKind.THING, "org.blocked.not:a")).isPositive();
        }

        everybody(new UnblockNamespace("org.blocked"));

        assertThat(count(second, EntityKind.THING, "org.blocked:a")).isEqualTo(2);
        assertThat(count(first, EntityKind.POLICY, "org.blocked:a")).isEqualTo(1);
    }

    @Test
    void a_signal_to_a_blocked_namespace_is_answered_with_the_error() throws Exception {
        everybody(new BlockNamespace("org.signals", BlockedNamespaces.NEVER));
        Signal signal =
                Signal.command(
                        TopicPath.parse("org.signals/a/things/twin/commands/retrieve"),
                        JsonPointer.ROOT,
                        Headers.EMPTY.withCorrelationId("mine"),
                        null);

        Signal answer =
                Shards.of(first)
                        .ask(
                                EntityKind.THING,
                                "org.signals:a",
                                new SignalRequest(signal, AuthorizationContext.of(), null, null),
                                Signal.class,
                                PATIENCE)
                        .toCompletableFuture()
                        .get();

        assertThat(answer.topic()).hasToString("org.signals/a/things/twin/errors");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.headers().correlationId()).isEqualTo("mine");
    }

    @Test
    void another_command_to_a_blocked_namespace_fails_with_the_problem() throws Exception {
        everybody(new BlockNamespace("org.others", BlockedNamespaces.NEVER));

        assertThatThrownBy(() ->
                        Shards.of(first)
                                .ask(
                                        EntityKind.POLICY,
                                        "org.others:a",
                                        Counter.ONE,
                                        String.class,
                                        PATIENCE)
                                .toCompletableFuture()
                                .get())
                .hasCauseInstanceOf(ProblemException.class);
    }

    @Test
    void a_block_ends_by_itself() throws Exception {
        everybody(new BlockNamespace("org.short", Instant.now().plusMillis(300)));

        Awaitility.await().until(() -> ask(first, EntityKind.THING, "org.short:a").status() == 1);
    }

    @Test
    void a_node_that_joins_later_learns_of_the_block() throws Exception {
        everybody(new BlockNamespace("org.later", BlockedNamespaces.NEVER));

        ActorSystem<Void> third = cluster.start("patchbay.instance = three");

        Awaitility.await().until(() -> BlockedNamespaces.of(third).refusal("org.later:a") != null);
        cluster.leave(third);
        cluster.awaitAllUp();
    }

    @Test
    void entities_of_a_namespace_are_stopped_where_they_run() throws Exception {
        for (int i = 0; i < 8; i++) {
            count(first, EntityKind.THING, "org.stopped:" + i);
        }
        count(first, EntityKind.POLICY, "org.stopped:p");

        DevOps.Answers stopped = everybody(new StopNamespace("org.stopped"));
        DevOps.Answers again = everybody(new StopNamespace("org.stopped"));

        assertThat(sum(stopped)).isEqualTo(9);
        assertThat(sum(again)).isZero();
        assertThat(count(second, EntityKind.THING, "org.stopped:3")).isEqualTo(2);
    }

    @Test
    void a_purge_leaves_nothing_of_the_namespace_and_everything_of_the_others() throws Exception {
        List<String> things = IntStream.range(0, 120).mapToObj(i -> "org.gone:thing-" + i).toList();
        for (String id : things) {
            count(first, EntityKind.THING, id);
        }
        count(second, EntityKind.THING, things.getFirst());
        count(first, EntityKind.POLICY, "org.gone:policy");
        count(first, EntityKind.THING, "org.gone.not:thing");

        JsonNode answer =
                DevOps.of(first)
                        .askOne(Service.THINGS, new PurgeNamespace("org.gone"), PATIENCE)
                        .toCompletableFuture()
                        .get()
                        .byInstance()
                        .get("one");

        assertThat(answer.get("thing"))
                .hasToString(
                        "{\"type\":\"namespaces.responses:purgeNamespace\",\"status\":200,"
                                + "\"namespace\":\"org.gone\",\"resourceType\":\"thing\","
                                + "\"successful\":true,\"erased\":120}");
        assertThat(answer.at("/policy/erased").intValue()).isEqualTo(1);
        assertThat(BlockedNamespaces.of(second).end("org.gone")).isNull();
        assertThat(count(second, EntityKind.THING, things.getFirst())).isEqualTo(1);
        assertThat(count(second, EntityKind.POLICY, "org.gone:policy")).isEqualTo(1);
        assertThat(count(second, EntityKind.THING, "org.gone.not:thing")).isEqualTo(2);
    }

    @Test
    void a_purge_leaves_a_block_as_it_was() throws Exception {
        everybody(new BlockNamespace("org.kept", BlockedNamespaces.NEVER));

        DevOps.of(second)
                .askOne(Service.THINGS, new PurgeNamespace("org.kept"), PATIENCE)
                .toCompletableFuture()
                .get();

        assertThat(BlockedNamespaces.of(first).end("org.kept")).isEqualTo(BlockedNamespaces.NEVER);
    }

    private static DevOps.Answers everybody(DevOpsCommand command) throws Exception {
        DevOps.Answers answers =
                DevOps.of(first)
                        .askEverybody(command, PATIENCE)
                        .toCompletableFuture()
                        .get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(answers.byInstance()).containsKeys("one", "two");
        assertThat(answers.byInstance().values())
                .allMatch(answer -> answer.get("status").intValue() == 200);
        return answers;
    }

    private static int sum(DevOps.Answers answers) {
        return answers.byInstance().values().stream()
                .mapToInt(answer -> answer.get("stopped").intValue())
                .sum();
    }

    private static int count(ActorSystem<Void> node, EntityKind kind, String id) throws Exception {
        Problem answer = ask(node, kind, id);
        assertThat(answer.code()).isEqualTo("count");
        return answer.status();
    }

    private static Problem ask(ActorSystem<Void> node, EntityKind kind, String id)
            throws Exception {
        return Shards.of(node)
                .ask(kind, id, Counter.ONE, Problem.class, PATIENCE)
                .toCompletableFuture()
                .get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Behavior<Void> host() {
        return Behaviors.setup(context -> {
            for (EntityKind kind : List.of(EntityKind.THING, EntityKind.POLICY)) {
                Shards.host(context.getSystem(), kind, (id, _) -> Counter.create(kind, id));
            }
            return Behaviors.empty();
        });
    }
}
