package org.patchbay.things.enforcement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.policy.PolicyView;

/** The compiled policies that the things of this node use. */
public final class Policies {

    private final ConcurrentHashMap<String, PolicyCache.Known> known = new ConcurrentHashMap<>();
    private final ActorRef<PolicyCache.Message> cache;
    private final Duration trust;

    private Policies(
            ActorContext<?> parent,
            BiFunction<String, PolicyLookup, CompletionStage<PolicyLookup.Found>> lookup,
            Duration trust) {
        this.cache =
                parent.spawn(PolicyCache.create(known, lookup), "policies-cache", Props.empty());
        this.trust = trust;
    }

    /**
     * Starts the cache of this node below the calling actor.
     *
     * @param lookup asks a policy's entity
     * @param trust how long a policy is believed without hearing of it
     */
    public static Policies start(
            ActorContext<?> parent,
            BiFunction<String, PolicyLookup, CompletionStage<PolicyLookup.Found>> lookup,
            Duration trust) {
        return new Policies(parent, lookup, trust);
    }

    /** The view of a policy if it is known; cheap, for every command. */
    public @Nullable PolicyView known(String policyId) {
        PolicyCache.Known found = known.get(policyId);
        return found != null && PolicyCache.isFresh(found, trust) ? found.view() : null;
    }

    /**
     * The view of a policy, from its entity; {@link PolicyView#NOTHING} where there is no such
     * policy.
     */
    public CompletionStage<PolicyView> load(String policyId) {
        return ask(policyId)
                .thenApply(found -> {
                    PolicyView view = found.view();
                    return view == null ? PolicyView.NOTHING : view;
                });
    }

    /** A policy with the entries that it imports; empty where there is no such policy. */
    public CompletionStage<Optional<JsonNode>> resolved(String policyId) {
        return ask(policyId).thenApply(found -> Optional.ofNullable(found.policy()));
    }

    /** Forgets the policies of a namespace, and those that import one of them. */
    public void forget(String namespace) {
        String prefix = namespace + ":";
        known.values()
                .removeIf(each ->
                        each.sources().keySet().stream().anyMatch(id -> id.startsWith(prefix)));
    }

    private CompletionStage<PolicyCache.Known> ask(String policyId) {
        CompletableFuture<PolicyCache.Known> result = new CompletableFuture<>();
        cache.tell(new PolicyCache.Load(policyId, result));
        return result;
    }
}
