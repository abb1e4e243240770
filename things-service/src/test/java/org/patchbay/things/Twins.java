package org.patchbay.things;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.wire.WireBindings;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.header.Headers;
import org.patchbay.protocol.json.FieldSelector;
import org.patchbay.protocol.json.Json;
import org.patchbay.protocol.json.JsonPointer;
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
 * Things and policies in one actor system without a cluster, on a journal in memory that
 * serializes.
 */
public final class Twins implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ActorTestKit kit;
    private final Map<String, ActorRef<Ask>> running = new ConcurrentHashMap<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private final Bus bus = new Bus();
    private final ThingConfig thingConfig;
    private final PolicyConfig policyConfig;
    private final ThingEntity.Surroundings ofThings;
    private final PolicyEntity.Surroundings ofPolicies;

    public Twins() {
        this(InstantSource.system());
    }

    public Twins(InstantSource clock) {
        Config config = config();
        kit = ActorTestKit.create("twins", config);
        thingConfig = ThingConfig.of(config);
        policyConfig = PolicyConfig.of(config);
        Entities entities =
                new Entities((kind, id, request) -> ask(kind, id, request, Signal.class));
        Policies cache = startCache();
        ThingEvents events = new ThingEvents(bus);
        ofThings = new ThingEntity.Surroundings(cache, entities, events, clock);
        ofPolicies =
                new PolicyEntity.Surroundings(
                        ofThings.policies(), startChanges(), entities, bus, clock);
    }

    private static Config config() {
        return ConfigFactory.parseString(
                        """
                        pekko.actor.provider = local
                        pekko.loglevel = WARNING
                        pekko.persistence.testkit.events.serialize = on
                        pekko.persistence.testkit.snapshots.serialize = on
                        ditto.things.thing.snapshot.threshold = 10
                        """)
                .withFallback(WireBindings.config())
                .withFallback(PersistenceTestKitPlugin.getInstance().config())
                .withFallback(PersistenceTestKitSnapshotPlugin.config())
                .withFallback(ConfigFactory.parseResources("node.conf"))
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    private Policies startCache() {
        var probe = kit.<Policies>createTestProbe();
        kit.spawn(
                Behaviors.<Void>setup(context -> {
                    probe.ref().tell(Policies.start(context, this::lookup, PATIENCE));
                    return Behaviors.empty();
                }));
        return probe.receiveMessage();
    }

    private PolicyChanges startChanges() {
        var probe = kit.<PolicyChanges>createTestProbe();
        kit.spawn(
                Behaviors.<Void>setup(context -> {
                    probe.ref().tell(PolicyChanges.start(context, PATIENCE));
                    return Behaviors.empty();
                }));
        return probe.receiveMessage();
    }

    private CompletionStage<PolicyLookup.Found> lookup(String policyId, PolicyLookup lookup) {
        lookups.incrementAndGet();
        return ask(EntityKind.POLICY, policyId, lookup, PolicyLookup.Found.class);
    }

    /** How often a policy's entity was asked for its policy. */
    public int lookups() {
        return lookups.get();
    }

    public ActorTestKit kit() {
        return kit;
    }

    public PersistenceTestKit journal() {
        return PersistenceTestKit.create(kit.system());
    }

    /** What was published so far, in order. */
    public List<Publication> published() {
        return bus.published;
    }

    /** What subscribers want beside each event. */
    public void want(String... extraFields) {
        bus.wanted = Set.of(extraFields);
    }

    /** Ends an entity as a crash would; the next command starts it again. */
    public void crash(EntityKind kind, String id) {
        ActorRef<Ask> ref = running.remove(kind.persistenceId(id));
        if (ref != null) {
            kit.stop(ref);
        }
    }

    public Signal send(SignalRequest request) {
        EntityKind kind =
                request.signal().topic().group() == TopicPath.Group.POLICIES
                        ? EntityKind.POLICY
                        : EntityKind.THING;
        return ask(kind, request.signal().entityId(), request, Signal.class)
                .toCompletableFuture()
                .join();
    }

    /** Sends without waiting for the answer. */
    public CompletionStage<Signal> start(SignalRequest request) {
        return ask(EntityKind.THING, request.signal().entityId(), request, Signal.class);
    }

    /** Sends signals of one thing together. */
    public List<Signal> send(SignalRequest... window) {
        String id = window[0].signal().entityId();
        return ask(EntityKind.THING, id, new SignalWindow(List.of(window)), SignalAnswers.class)
                .toCompletableFuture()
                .join()
                .answers();
    }

    private <R> CompletionStage<R> ask(EntityKind kind, String id, Object command, Class<R> reply) {
        CompletionStage<Object> answer =
                AskPattern.ask(
                        entity(kind, id),
                        replyTo -> new Ask(command, replyTo),
                        PATIENCE,
                        kit.scheduler());
        return answer.thenApply(reply::cast);
    }

    private ActorRef<Ask> entity(EntityKind kind, String id) {
        return running.computeIfAbsent(
                kind.persistenceId(id),
                _ ->
                        kit.spawn(
                                kind == EntityKind.POLICY
                                        ? PolicyEntity.create(id, policyConfig, ofPolicies, _ -> {})
                                        : ThingEntity.create(id, thingConfig, ofThings, _ -> {})));
    }

    /**
     * A request such as {@code thing("org.example:a", "modify", "/attributes/x", "1")} by
     * nginx:ditto.
     */
    public static SignalRequest thing(
            String id, String action, String path, @Nullable String json) {
        return request(TopicPath.Group.THINGS, id, action, path, json);
    }

    public static SignalRequest policy(
            String id, String action, String path, @Nullable String json) {
        return request(TopicPath.Group.POLICIES, id, action, path, json);
    }

    private static SignalRequest request(
            TopicPath.Group group, String id, String action, String path, @Nullable String json) {
        int colon = id.indexOf(':');
        TopicPath topic =
                new TopicPath(
                        colon < 0 ? "_" : id.substring(0, colon),
                        id.substring(colon + 1),
                        group,
                        group == TopicPath.Group.THINGS
                                ? TopicPath.Channel.TWIN
                                : TopicPath.Channel.NONE,
                        TopicPath.Criterion.COMMANDS,
                        action);
        @Nullable JsonNode value = json == null ? null : Json.parse(json.replace('\'', '"'));
        Headers headers = Headers.EMPTY.withCorrelationId("c-1");
        return new SignalRequest(
                Signal.command(topic, JsonPointer.parse(path), headers, value),
                AuthorizationContext.of("nginx:ditto"),
                null,
                null);
    }

    public static SignalRequest by(String subject, SignalRequest request) {
        return new SignalRequest(
                request.signal(),
                AuthorizationContext.of(subject),
                request.origin(),
                request.acknowledgements());
    }

    public static SignalRequest with(String header, String value, SignalRequest request) {
        return new SignalRequest(
                request.signal().with(request.signal().headers().with(header, value)),
                request.by(),
                request.origin(),
                request.acknowledgements());
    }

    public static SignalRequest fields(String fields, SignalRequest request) {
        return new SignalRequest(
                request.signal().withFields(FieldSelector.parse(fields)),
                request.by(),
                request.origin(),
                request.acknowledgements());
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }

    private static final class Bus implements SignalBus {

        private final List<Publication> published = new CopyOnWriteArrayList<>();
        private volatile Set<String> wanted = Set.of();

        @Override
        public void publish(Publication publication) {
            published.add(publication);
        }

        @Override
        public Set<String> wantedExtraFields(Signal signal) {
            return wanted;
        }

        @Override
        public CompletionStage<Done> subscribe(
                Interest interest,
                ActorRef<Publication> subscriber,
                Predicate<Publication> admits) {
            throw new UnsupportedOperationException("nobody subscribes here");
        }

        @Override
        public void unsubscribe(ActorRef<Publication> subscriber) {
            throw new UnsupportedOperationException("nobody subscribes here");
        }
    }
}
