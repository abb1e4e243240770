package org.patchbay.cluster.shard;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.pattern.Patterns;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.namespace.BlockedNamespaces;
import org.patchbay.protocol.Problem;

/** Asks entities by id; where the entity lives is not the caller's concern. */
public final class Shards implements Extension {

    /** Makes the behaviour of one entity. */
    @FunctionalInterface
    public interface EntityFactory {
        Behavior<Ask> create(String id, Passivation passivation);
    }

    /**
     * Lets an entity leave memory: it is stopped once its mailbox is empty, and comes back with the
     * next command. A remembered entity is then no longer remembered.
     */
    @FunctionalInterface
    public interface Passivation {
        void passivate(ActorRef<Ask> self);
    }

    private static final String SETTINGS = "pekko.cluster.sharding";
    private static final String THING_IDLE = "ditto.things.thing.activity-check.inactive-interval";
    private static final String POLICY_IDLE =
            "ditto.policies.policy.activity-check.inactive-interval";

    private final ActorSystem<?> system;
    private final ClusterSharding sharding;
    private final Blocks blocks;
    private final Map<EntityKind, CompletableFuture<Void>> started =
            new EnumMap<>(EntityKind.class);

    private Shards(ActorSystem<?> system) {
        this.system = system;
        this.sharding = ClusterSharding.get(system);
        this.blocks = new Blocks(BlockedNamespaces.of(system));
        for (EntityKind kind : EntityKind.values()) {
            started.put(
                    kind,
                    hosts(kind)
                            ? new CompletableFuture<>()
                            : CompletableFuture.completedFuture(null));
            if (!hosts(kind)) {
                startProxy(kind);
            }
        }
    }

    /**
     * Reads the settings, so that a wrong one is told before anything starts.
     *
     * @throws com.typesafe.config.ConfigException that says which setting it is and what is allowed
     */
    public static void checkSettings(Config config) {
        config.getDuration(THING_IDLE);
        config.getDuration(POLICY_IDLE);
        positive(config, "ditto.cluster.number-of-shards");
        positive(config, "patchbay.shards.active-entities-max");
    }

    private static void positive(Config config, String key) {
        int value = config.getInt(key);
        if (value < 1) {
            throw new ConfigException.BadValue(key, "must be 1 or more");
        }
    }

    /** The shards of this node: regions of its own roles, proxies to the others. */
    public static Shards of(ActorSystem<?> system) {
        return Id.INSTANCE.get(system);
    }

    /**
     * Hosts entities of a kind on this node; to be called once, by the root of the service they
     * belong to.
     */
    public static void host(ActorSystem<?> system, EntityKind kind, EntityFactory factory) {
        of(system).host(kind, factory);
    }

    /**
     * Asks an entity. The stage fails with a {@link java.util.concurrent.TimeoutException} when no
     * answer comes in time. Where the namespace of a thing or a policy is blocked, a signal is
     * answered with that error; other commands fail with it.
     */
    public <R> CompletionStage<R> ask(
            EntityKind kind, String id, Object command, Class<R> reply, Duration timeout) {
        Object refusal = blocks.refusal(kind, id, command);
        if (refusal != null) {
            return CompletableFuture.completedStage(refusal)
                    .thenApply(it -> Blocks.orFailed(it, reply));
        }
        CompletableFuture<Void> region = region(kind);
        if (region.isDone()) {
            return askNow(kind, id, command, reply, timeout);
        }
        // While the node starts, its services come up one after the other.
        return region.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(_ -> askNow(kind, id, command, reply, timeout));
    }

    /** Sends a command whose answers go to an actor; not sent while the kind is not hosted yet. */
    public void tell(EntityKind kind, String id, Object command, ActorRef<Object> replyTo) {
        if (region(kind).isDone()) {
            entity(kind, id).tell(new Ask(command, replyTo));
        }
    }

    /** Whether this node has the role that hosts such entities. */
    public boolean hosts(EntityKind kind) {
        return Cluster.get(system).selfMember().hasRole(kind.role().wireName());
    }

    /**
     * Stops those entities of a namespace that run on this node, and completes with their number
     * when they are gone. They come back with the next command, unless the namespace is blocked.
     */
    public CompletionStage<Integer> stopAll(EntityKind kind, String namespace, Duration timeout) {
        return hosts(kind)
                ? region(kind)
                        .copy()
                        .thenCompose(_ ->
                                new LocalEntities(system, classicRegion(kind))
                                        .stop(namespace + ":", timeout))
                : CompletableFuture.completedStage(0);
    }

    /** Completes when asks of this kind can be sent. */
    public CompletionStage<Void> started(EntityKind kind) {
        return region(kind).minimalCompletionStage();
    }

    /** Completes when the region or proxy of a kind has found where its entities live. */
    public CompletionStage<Void> reachable(EntityKind kind, Duration timeout) {
        return region(kind)
                .copy()
                .thenCompose(_ ->
                        Patterns.ask(
                                classicRegion(kind),
                                ShardRegion.getCurrentRegionsInstance(),
                                timeout))
                .thenAccept(_ -> {});
    }

    private org.apache.pekko.actor.ActorRef classicRegion(EntityKind kind) {
        return org.apache.pekko.cluster.sharding.ClusterSharding.get(Adapter.toClassic(system))
                .shardRegion(kind.wireName());
    }

    private <R> CompletionStage<R> askNow(
            EntityKind kind, String id, Object command, Class<R> reply, Duration timeout) {
        CompletionStage<Object> answer =
                entity(kind, id).ask(replyTo -> new Ask(command, replyTo), timeout);
        // Else whatever is done with the answer would be done by yet another pool of threads.
        return answer.thenApplyAsync(it -> Blocks.orFailed(it, reply), system.executionContext());
    }

    private EntityRef<Ask> entity(EntityKind kind, String id) {
        return sharding.entityRefFor(kind.typeKey(), id);
    }

    private CompletableFuture<Void> region(EntityKind kind) {
        CompletableFuture<Void> region = started.get(kind);
        if (region == null) {
            throw new IllegalStateException(kind.wireName());
        }
        return region;
    }

    /**
     * An entity may publish as soon as it runs, so the bus must know who listens before there is
     * one.
     */
    private void host(EntityKind kind, EntityFactory factory) {
        SignalBus.of(system).ready().thenRun(() -> startRegion(kind, factory));
    }

    private void startRegion(EntityKind kind, EntityFactory factory) {
        sharding.init(
                Entity.of(
                                kind.typeKey(),
                                (EntityContext<Ask> context) -> create(kind, factory, context))
                        .withRole(kind.role().wireName())
                        .withSettings(settings(kind)));
        region(kind).complete(null);
    }

    private Behavior<Ask> create(
            EntityKind kind, EntityFactory factory, EntityContext<Ask> context) {
        String id = context.getEntityId();
        Passivation passivation =
                self -> context.getShard().tell(new ClusterSharding.Passivate<>(self));
        Problem problem = blocks.problem(kind, id);
        return problem == null
                ? factory.create(id, passivation)
                : Blocks.refuseAndLeave(problem, passivation);
    }

    private void startProxy(EntityKind kind) {
        sharding.init(
                Entity.of(kind.typeKey(), (EntityContext<Ask> _) -> Behaviors.<Ask>empty())
                        .withRole(kind.role().wireName())
                        .withSettings(settings(kind)));
    }

    /**
     * Connections are remembered until they passivate themselves; the others leave memory when
     * idle.
     */
    private ClusterShardingSettings settings(EntityKind kind) {
        String own =
                switch (kind) {
                    case CONNECTION -> "remember-entities = on";
                    case THING -> idleAfter(THING_IDLE);
                    case POLICY -> idleAfter(POLICY_IDLE);
                };
        Config common = system.settings().config().getConfig(SETTINGS);
        return ClusterShardingSettings.fromConfig(
                ConfigFactory.parseString(own).withFallback(common));
    }

    private String idleAfter(String key) {
        return "passivation.default-strategy.idle-entity.timeout = "
                + system.settings().config().getDuration(key).toMillis()
                + "ms";
    }

    private static final class Id extends ExtensionId<Shards> {
        private static final Id INSTANCE = new Id();

        @Override
        public Shards createExtension(ActorSystem<?> system) {
            return new Shards(system);
        }

        private Shards get(ActorSystem<?> system) {
            return apply(system);
        }
    }
}
