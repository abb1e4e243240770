package org.patchbay.cluster.health;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.store.Store;

/** Health of what every node has: its membership, its store, its shards; services add theirs. */
final class NodeHealth implements Health, Extension {

    private final Map<String, Supplier<CompletionStage<Part>>> checks = new ConcurrentHashMap<>();
    private final Duration timeout;

    private NodeHealth(ActorSystem<?> system) {
        HealthSettings settings = HealthSettings.of(system.settings().config());
        this.timeout = settings.timeout();
        register("cluster", () -> CompletableFuture.completedFuture(membership(system)));
        if (settings.looksAtStore()) {
            register("store", () -> Store.of(system).ping().thenApply(_ -> Part.UP));
        }
        for (EntityKind kind : EntityKind.values()) {
            register(
                    "shards/" + kind.wireName(),
                    () -> Shards.of(system).reachable(kind, timeout).thenApply(_ -> Part.UP));
        }
    }

    static Health of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    @Override
    public void register(String part, Supplier<CompletionStage<Part>> check) {
        checks.put(part, check);
    }

    @Override
    public CompletionStage<Map<String, Part>> check() {
        SortedMap<String, CompletableFuture<Part>> answers = new TreeMap<>();
        checks.forEach((part, check) -> answers.put(part, ask(check)));
        return CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    SortedMap<String, Part> parts = new TreeMap<>();
                    answers.forEach((part, answer) -> parts.put(part, answer.join()));
                    return parts;
                });
    }

    private CompletableFuture<Part> ask(Supplier<CompletionStage<Part>> check) {
        CompletionStage<Part> answer;
        try {
            answer = check.get();
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        return answer.toCompletableFuture()
                .copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(this::down);
    }

    private Part down(Throwable failure) {
        Throwable cause =
                failure instanceof java.util.concurrent.CompletionException
                                && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return Part.down(
                cause instanceof TimeoutException
                        ? "no answer within " + timeout.toSeconds() + " s"
                        : cause.toString());
    }

    private static Part membership(ActorSystem<?> system) {
        MemberStatus status = Cluster.get(system).selfMember().status();
        return status.equals(MemberStatus.up())
                ? Part.UP
                : Part.down("this node is " + status + " in its cluster");
    }

    private static final class Id extends ExtensionId<NodeHealth> {
        private static final Id INSTANCE = new Id();

        @Override
        public NodeHealth createExtension(ActorSystem<?> system) {
            return new NodeHealth(system);
        }

        private NodeHealth get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
