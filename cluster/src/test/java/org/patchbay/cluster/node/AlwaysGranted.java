package org.patchbay.cluster.node;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;

/**
 * Stands for the lease by which either of two nodes may survive the other. Whoever asks gets it: in
 * a {@link TestCluster} nodes are killed, never partitioned, so only the survivor asks.
 */
public final class AlwaysGranted extends Lease {

    private final LeaseSettings settings;

    public AlwaysGranted(LeaseSettings settings, ExtendedActorSystem system) {
        this.settings = settings;
    }

    @Override
    public LeaseSettings getSettings() {
        return settings;
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> leaseLost) {
        return acquire();
    }

    @Override
    public CompletionStage<Boolean> release() {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public boolean checkLease() {
        return true;
    }
}
