package org.patchbay.cluster.shard;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** Asks entities by id; where the entity lives is not the caller's concern. */
public final class Shards {

    private final ActorSystem<?> system;

    private Shards(ActorSystem<?> system) {
        this.system = system;
    }

    /** The shards of this node: regions of its own roles, proxies to the others. */
    public static Shards of(ActorSystem<?> system) {
        return new Shards(system);
    }

    /**
     * Asks an entity. The stage fails with an {@link java.util.concurrent.TimeoutException} when no answer comes
     * in time.
     */
    public <R> CompletionStage<R> ask(
            EntityKind kind, String id, Object command, Class<R> reply, Duration timeout) {
        throw new UnsupportedOperationException(system.name());
    }
}
