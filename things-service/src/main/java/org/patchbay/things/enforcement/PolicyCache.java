package org.patchbay.things.enforcement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.policy.PolicyView;

/** The actor behind {@link Policies}: loads policies, and forgets them when they change. */
public final class PolicyCache extends AbstractBehavior<PolicyCache.Message> {

    public static final ServiceKey<Message> KEY =
            ServiceKey.create(Message.class, "policies-cache");

    /** What the cache is told. */
    public sealed interface Message {}

    /** A policy changed; forget it and everything that imports it, then say so. */
    public record Changed(String policyId, long revision, ActorRef<Forgotten> replyTo)
            implements Message {}

    record Load(String policyId, CompletableFuture<Known> result) implements Message {}

    record Loaded(String policyId, @Nullable Known known, @Nullable Throwable failure)
            implements Message {}

    /** The answer to {@link Changed}. */
    public record Forgotten(String policyId, long revision) {}

    /**
     * A policy as it was loaded.
     *
     * @param view null where there is no such policy
     * @param policy with the entries that it imports
     * @param sources the revisions of the policy and of those it imports
     * @param loadedAt by the nanosecond clock
     */
    record Known(
            @Nullable PolicyView view,
            @Nullable JsonNode policy,
            Map<String, Long> sources,
            long loadedAt) {}

    private final ConcurrentHashMap<String, Known> known;
    private final BiFunction<String, PolicyLookup, CompletionStage<PolicyLookup.Found>> lookup;
    private final Map<String, List<CompletableFuture<Known>>> loading = new HashMap<>();
    private final Map<String, Long> changedWhileLoading = new HashMap<>();

    private PolicyCache(
            ActorContext<Message> context,
            ConcurrentHashMap<String, Known> known,
            BiFunction<String, PolicyLookup, CompletionStage<PolicyLookup.Found>> lookup) {
        super(context);
        this.known = known;
        this.lookup = lookup;
    }

    static Behavior<Message> create(
            ConcurrentHashMap<String, Known> known,
            BiFunction<String, PolicyLookup, CompletionStage<PolicyLookup.Found>> lookup) {
        return Behaviors.setup(context -> {
            context.getSystem().receptionist().tell(Receptionist.register(KEY, context.getSelf()));
            return new PolicyCache(context, known, lookup);
        });
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Load.class, this::load)
                .onMessage(Loaded.class, this::loaded)
                .onMessage(Changed.class, this::changed)
                .build();
    }

    private Behavior<Message> load(Load load) {
        List<CompletableFuture<Known>> waiting = loading.get(load.policyId());
        if (waiting == null) {
            loading.put(load.policyId(), new ArrayList<>(List.of(load.result())));
            start(load.policyId());
        } else {
            waiting.add(load.result());
        }
        return this;
    }

    private void start(String policyId) {
        PolicyLookup asking = new PolicyLookup(getContext().getSelf());
        CompletionStage<Known> result =
                lookup.apply(policyId, asking)
                        .thenCompose(found -> resolve(policyId, found, asking));
        getContext().pipeToSelf(result, (value, failure) -> new Loaded(policyId, value, failure));
    }

    /** Asks for the policies that this one imports, and compiles all of them into one view. */
    private CompletionStage<Known> resolve(
            String policyId, PolicyLookup.Found found, PolicyLookup asking) {
        Map<String, Long> sources = new LinkedHashMap<>();
        sources.put(policyId, found.revision());
        JsonNode policy = found.policy();
        if (policy == null) {
            return CompletableFuture.completedFuture(
                    new Known(null, null, sources, System.nanoTime()));
        }
        Map<String, JsonNode> imported = new LinkedHashMap<>();
        CompletionStage<?> all = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, JsonNode> entry : policy.path("imports").properties()) {
            String id = entry.getKey();
            all =
                    all.thenCompose(_ -> lookup.apply(id, asking))
                            .thenAccept(other -> {
                                sources.put(id, other.revision());
                                if (other.policy() != null) {
                                    imported.put(id, other.policy());
                                }
                            });
        }
        return all.thenApply(_ -> {
            JsonNode resolved = PolicyImports.resolve(policy, imported);
            PolicyView view = PolicyView.of(resolved).withDocument(policy);
            return new Known(view, resolved, sources, System.nanoTime());
        });
    }

    private Behavior<Message> loaded(Loaded loaded) {
        Known result = loaded.known();
        if (result != null && isOutdated(result)) {
            start(loaded.policyId());
            return this;
        }
        List<CompletableFuture<Known>> waiting = loading.remove(loaded.policyId());
        if (loading.isEmpty()) {
            changedWhileLoading.clear();
        }
        if (result != null && result.view() != null) {
            known.put(loaded.policyId(), result);
        }
        if (waiting != null) {
            waiting.forEach(future -> complete(future, result, loaded.failure()));
        }
        return this;
    }

    private boolean isOutdated(Known result) {
        return result.sources().entrySet().stream()
                .anyMatch(source ->
                        source.getValue() < changedWhileLoading.getOrDefault(source.getKey(), 0L));
    }

    private static void complete(
            CompletableFuture<Known> future, @Nullable Known result, @Nullable Throwable failure) {
        if (result != null) {
            future.complete(result);
        } else {
            future.completeExceptionally(
                    failure == null ? new IllegalStateException("nothing loaded") : failure);
        }
    }

    private Behavior<Message> changed(Changed changed) {
        if (!loading.isEmpty()) {
            changedWhileLoading.merge(changed.policyId(), changed.revision(), Math::max);
        }
        known.values().removeIf(each -> each.sources().containsKey(changed.policyId()));
        changed.replyTo().tell(new Forgotten(changed.policyId(), changed.revision()));
        return this;
    }

    /** How long a policy is believed without hearing of it. */
    static boolean isFresh(Known known, Duration trust) {
        return System.nanoTime() - known.loadedAt() < trust.toNanos();
    }
}
