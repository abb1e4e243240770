package org.patchbay.things;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
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

    private static final String CACHE = "patchbay.things.policies-cache.";

    private ThingsRoot() {}

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
                            config.getDuration(CACHE + "trust"));
            PolicyChanges changes =
                    PolicyChanges.start(
                            context, config.getDuration(CACHE + "confirmation-timeout"));
            Entities entities =
                    new Entities((kind, id, request) ->
                            shards.ask(kind, id, request, Signal.class, timeout));
            InstantSource clock = InstantSource.system();
            SignalBus bus = SignalBus.of(system);
            ThingEvents events = new ThingEvents(bus, cache::lastSeen);
            var ofThings = new ThingEntity.Surroundings(cache, entities, events, clock);
            var ofPolicies = new PolicyEntity.Surroundings(cache, changes, entities, bus, clock);
            Shards.host(
                    system,
                    EntityKind.POLICY,
                    (id, _) -> PolicyEntity.create(id, policies, ofPolicies));
            Shards.host(
                    system, EntityKind.THING, (id, _) -> ThingEntity.create(id, things, ofThings));
            return Behaviors.empty();
        });
    }
}
