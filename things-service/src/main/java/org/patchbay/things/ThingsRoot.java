package org.patchbay.things;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.cleanup.CleanupSettings;
import org.patchbay.cluster.cleanup.PersistenceCleanup;
import org.patchbay.cluster.namespace.BlockedNamespaces;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.protocol.Signal;
import org.patchbay.things.enforcement.Policies;
import org.patchbay.things.enforcement.PolicyChanges;
import org.patchbay.things.enforcement.PolicyLookup;
import org.patchbay.things.entity.Entities;
import org.patchbay.things.policy.PolicyConfig;
import org.patchbay.things.policy.PolicyEntity;
import org.patchbay.things.thing.ThingConfig;
import org.patchbay.things.thing.ThingEntity;
import org.patchbay.things.thing.ThingEvents;

/**
 * Starts what a node with the role {@code things} has: the cache of policies, things and policies.
 */
public final class ThingsRoot {

    private static final String TRUST = "patchbay.things.policies-cache.trust";
    private static final String CONFIRMATION =
            "patchbay.things.policies-cache.confirmation-timeout";

    private static final String THINGS_CLEANUP = "ditto.things.thing.cleanup";
    private static final String POLICIES_CLEANUP = "ditto.policies.policy.cleanup";

    private ThingsRoot() {}

    /**
     * Reads all settings of this service, so that a wrong one is told before anything starts.
     *
     * @throws ConfigException that says which setting it is and what is allowed
     */
    public static void checkSettings(Config config) {
        try {
            ThingConfig.of(config);
            PolicyConfig.of(config);
            CleanupSettings.of(config, THINGS_CLEANUP);
            CleanupSettings.of(config, POLICIES_CLEANUP);
            config.getDuration(TRUST);
            config.getDuration(CONFIRMATION);
        } catch (IllegalArgumentException e) {
            throw new ConfigException.Generic(String.valueOf(e.getMessage()), e);
        }
    }

    /** To be spawned as {@code /user/policiesRoot}: what is found under the policies' own name. */
    public static Behavior<Void> policies() {
        return Behaviors.setup(context -> {
            Singletons.host(
                    context,
                    Singleton.POLICIES_CLEANUP,
                    PersistenceCleanup.create(
                            EntityKind.POLICY, POLICIES_CLEANUP, ThingsVocabulary.ENDINGS));
            return Behaviors.empty();
        });
    }

    /** To be spawned as {@code /user/thingsRoot}. */
    public static Behavior<Void> create() {
        return Behaviors.setup(context -> {
            ActorSystem<?> system = context.getSystem();
            Config config = system.settings().config();
            ThingConfig things = ThingConfig.of(config);
            PolicyConfig policies = PolicyConfig.of(config);
            Shards shards = Shards.of(system);
            Duration timeout = things.askTimeout();
            Policies cache =
                    Policies.start(
                            context,
                            (id, lookup) ->
                                    shards.ask(
                                            EntityKind.POLICY,
                                            id,
                                            lookup,
                                            PolicyLookup.Found.class,
                                            timeout),
                            config.getDuration(TRUST));
            BlockedNamespaces.of(system).whenForgotten(cache::forget);
            PolicyChanges changes = PolicyChanges.start(context, config.getDuration(CONFIRMATION));
            Entities entities =
                    new Entities((kind, id, request) ->
                            shards.ask(kind, id, request, Signal.class, timeout));
            InstantSource clock = InstantSource.system();
            SignalBus bus = SignalBus.of(system);
            ThingEvents events = new ThingEvents(bus);
            var ofThings = new ThingEntity.Surroundings(cache, entities, events, clock);
            var ofPolicies = new PolicyEntity.Surroundings(cache, changes, entities, bus, clock);
            Shards.host(
                    system,
                    EntityKind.POLICY,
                    (id, passivation) ->
                            PolicyEntity.create(id, policies, ofPolicies, passivation));
            Shards.host(
                    system,
                    EntityKind.THING,
                    (id, passivation) -> ThingEntity.create(id, things, ofThings, passivation));
            Singletons.host(
                    context,
                    Singleton.THINGS_CLEANUP,
                    PersistenceCleanup.create(
                            EntityKind.THING, THINGS_CLEANUP, ThingsVocabulary.ENDINGS));
            return Behaviors.empty();
        });
    }
}
