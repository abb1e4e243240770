package org.patchbay.cluster.shard;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.pattern.Patterns;

/** The entities of one kind that run on this node. */
final class LocalEntities {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final ActorSystem<?> system;
    private final ActorRef region;

    LocalEntities(ActorSystem<?> system, ActorRef region) {
        this.system = system;
        this.region = region;
    }

    /** Stops those whose ids begin so; completes with their number when they are gone. */
    CompletionStage<Integer> stop(String prefix, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        return running(prefix, timeout)
                .thenCompose(ids -> {
                    ids.forEach(id ->
                            region.tell(
                                    new ShardingEnvelope<>(id, PoisonPill.getInstance()),
                                    ActorRef.noSender()));
                    return ids.isEmpty()
                            ? CompletableFuture.completedStage(0)
                            : gone(prefix, deadline).thenApply(_ -> ids.size());
                });
    }

    private CompletionStage<Void> gone(String prefix, long deadline) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (!left.isPositive()) {
            return CompletableFuture.failedStage(
                    new TimeoutException("Entities with the prefix " + prefix + " still run"));
        }
        return Patterns.after(LOOK_AGAIN, system.classicSystem(), () -> running(prefix, left))
                .thenCompose(ids ->
                        ids.isEmpty()
                                ? CompletableFuture.completedStage(null)
                                : gone(prefix, deadline));
    }

    private CompletionStage<Set<String>> running(String prefix, Duration timeout) {
        return Patterns.ask(region, ShardRegion.getShardRegionStateInstance(), timeout)
                .thenApply(answer ->
                        ((ShardRegion.CurrentShardRegionState) answer)
                                .getShards().stream()
                                        .flatMap(shard -> shard.getEntityIds().stream())
                                        .filter(id -> id.startsWith(prefix))
                                        .collect(Collectors.toSet()));
    }
}
