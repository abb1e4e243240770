package org.patchbay.connectivity.path;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.acknowledgement.Acknowledgements;
import org.patchbay.cluster.twins.Twins;
import org.patchbay.connectivity.mapping.threads.Share;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;
import org.patchbay.connectivity.path.publishing.Outlet;
import org.patchbay.connectivity.path.publishing.Publisher;

/**
 * What both directions of one client's message path share.
 *
 * @param clientIndex which of the connection's clients this is
 * @param replies the way out for replies
 * @param deadLetters the way out for dead letters, where they are wanted
 * @param scripts this connection's share of the threads for mappers that take their time
 * @param windows sends signals to their entities, over all sources and links
 * @param ownAcks what this connection may issue
 * @param aggregators starts an aggregator of acknowledgements
 */
public record PathContext(
        ActorSystem<?> system,
        Connection connection,
        int clientIndex,
        Mappings mappings,
        Twins twins,
        OtherConnections others,
        Publisher publisher,
        Outlet replies,
        @Nullable Outlet deadLetters,
        ConnectionMonitor monitor,
        PathSettings settings,
        Share scripts,
        Windows windows,
        OwnAcks ownAcks,
        Function<Acknowledgements.Order, CompletionStage<ActorRef<Object>>> aggregators) {

    public <T> CompletionStage<T> after(
            Duration pause, java.util.concurrent.Callable<CompletionStage<T>> work) {
        return org.apache.pekko.pattern.Patterns.after(pause, system.classicSystem(), work);
    }
}
