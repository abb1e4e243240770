package org.patchbay.things.enforcement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all caches of the cluster that a policy changed, and knows when they all forgot it. */
public final class PolicyChanges {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyChanges.class);

    private final ActorSystem<?> system;
    private final Duration timeout;
    private volatile Set<ActorRef<PolicyCache.Message>> caches = Set.of();

    private PolicyChanges(ActorSystem<?> system, Duration timeout) {
        this.system = system;
        this.timeout = timeout;
    }

    /**
     * Starts to watch for caches, below the calling actor.
     *
     * @param timeout how long to wait for a cache's confirmation
     */
    public static PolicyChanges start(ActorContext<?> parent, Duration timeout) {
        PolicyChanges changes = new PolicyChanges(parent.getSystem(), timeout);
        parent.spawn(changes.watching(), "policies-caches", Props.empty());
        return changes;
    }

    private Behavior<Receptionist.Listing> watching() {
        return Behaviors.setup(context -> {
            context.getSystem()
                    .receptionist()
                    .tell(Receptionist.subscribe(PolicyCache.KEY, context.getSelf()));
            return Behaviors.receiveMessage(listing -> {
                caches = Set.copyOf(listing.getServiceInstances(PolicyCache.KEY));
                return Behaviors.same();
            });
        });
    }

    /**
     * Completes when every cache forgot the policy, or did not answer in time.
     *
     * @param holders caches that asked for the policy: a new one of them may not be known otherwise
     *     yet
     */
    public CompletionStage<Void> tell(
            String policyId, long revision, Set<ActorRef<PolicyCache.Message>> holders) {
        Set<ActorRef<PolicyCache.Message>> all = new HashSet<>(caches);
        all.addAll(holders);
        List<CompletableFuture<?>> confirmations = new ArrayList<>();
        for (ActorRef<PolicyCache.Message> cache : all) {
            CompletionStage<PolicyCache.Forgotten> confirmation =
                    AskPattern.ask(
                            cache,
                            replyTo -> new PolicyCache.Changed(policyId, revision, replyTo),
                            timeout,
                            system.scheduler());
            confirmations.add(
                    confirmation
                            .whenComplete((_, failure) -> warnOf(failure, policyId, cache))
                            .toCompletableFuture());
        }
        return CompletableFuture.allOf(confirmations.toArray(CompletableFuture[]::new))
                .exceptionally(_ -> null);
    }

    private static void warnOf(
            @Nullable Throwable failure, String policyId, ActorRef<PolicyCache.Message> cache) {
        if (failure != null) {
            LOG.atWarn()
                    .addKeyValue("policyId", policyId)
                    .addKeyValue("cache", cache.path())
                    .log("A node did not confirm a change of a policy.");
        }
    }
}
