package org.patchbay.cluster.namespace;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.EntityId;
import org.patchbay.protocol.Problem;

/**
 * The namespaces that are blocked, as this node knows them. A block has an end, so that one that is
 * forgotten does not last; it is replicated, so that nodes that join later know it as well.
 */
public final class BlockedNamespaces implements Extension {

    /** An end that never comes. */
    public static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final Instant LIFTED = Instant.EPOCH;

    /** Until when each is blocked, in milliseconds of the epoch. */
    private final AtomicReference<Map<String, Long>> until = new AtomicReference<>(Map.of());

    private final List<Consumer<String>> forgetting = new CopyOnWriteArrayList<>();
    private final ActorRef<BlockedNamespacesActor.Message> actor;

    private BlockedNamespaces(ActorSystem<?> system) {
        this.actor =
                system.systemActorOf(
                        BlockedNamespacesActor.create(until),
                        BlockedNamespacesActor.NAME,
                        Props.empty());
    }

    public static BlockedNamespaces of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    /**
     * Blocks a namespace, or changes the end of its block. Completes when this node refuses what is
     * sent there; the others learn of it within seconds, or at once if they are told, too.
     */
    public CompletionStage<Done> block(String namespace, Instant end) {
        CompletableFuture<Done> known = new CompletableFuture<>();
        actor.tell(new BlockedNamespacesActor.Put(namespace, end.toEpochMilli(), known));
        return known;
    }

    public CompletionStage<Done> unblock(String namespace) {
        return block(namespace, LIFTED);
    }

    /** When the block of a namespace ends; null where there is none. */
    public @Nullable Instant end(String namespace) {
        Long end = until.get().get(namespace);
        return end == null || end <= System.currentTimeMillis() ? null : Instant.ofEpochMilli(end);
    }

    /** Why a thing or a policy can't be reached; null where it can. */
    public @Nullable Problem refusal(String entityId) {
        if (until.get().isEmpty()) {
            return null;
        }
        String namespace = EntityId.namespaceOf(entityId);
        return end(namespace) == null ? null : blocked(namespace);
    }

    /** Adds somebody who keeps what he knows of entities, and is to forget a namespace. */
    public void whenForgotten(Consumer<String> forget) {
        forgetting.add(forget);
    }

    /** Has all who keep something on this node forget a namespace. */
    public void forget(String namespace) {
        forgetting.forEach(one -> one.accept(namespace));
    }

    private static Problem blocked(String namespace) {
        return Problem.of(
                        409,
                        "namespace.blocked",
                        "The namespace '" + namespace + "' is blocked by the operator.")
                .describedBy("Its data is being erased. Try again when the block has been lifted.");
    }

    private static final class Id extends ExtensionId<BlockedNamespaces> {
        private static final Id INSTANCE = new Id();

        @Override
        public BlockedNamespaces createExtension(ActorSystem<?> system) {
            return new BlockedNamespaces(system);
        }

        private BlockedNamespaces get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
