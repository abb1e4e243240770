package org.patchbay.connectivity.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.patchbay.cluster.acknowledgement.Acknowledgements;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.connectivity.client.link.Link;
import org.patchbay.connectivity.client.link.LinkWatch;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.PathSettings;
import org.patchbay.connectivity.path.Windows;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;
import org.patchbay.connectivity.path.deadletter.DeadLetters;
import org.patchbay.connectivity.path.outbound.OutboundPath;
import org.patchbay.connectivity.path.publishing.Publisher;
import org.patchbay.connectivity.path.publishing.TroubleLog;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;

/**
 * What a client has as long as it lives, whatever becomes of its links: its message path, and its
 * place in the cluster.
 */
record ClientParts(PathContext path, OutboundPath outbound, Membership membership) {

    /**
     * @param context of the client's actor, whose child the subscriber to the bus is
     * @param aggregators starts an aggregator of acknowledgements
     * @throws org.patchbay.protocol.ProblemException where the connection can't be put to work
     */
    static ClientParts of(
            ActorContext<?> context,
            Connection connection,
            int clientIndex,
            ClientEnvironment environment,
            Function<Acknowledgements.Order, CompletionStage<ActorRef<Object>>> aggregators) {
        var system = context.getSystem();
        PathSettings settings = environment.pathSettings();
        ConnectionMonitor monitor = environment.monitors().apply(connection);
        var publisher = Publisher.of(system, settings.publishing(), environment.clock());
        var path =
                new PathContext(
                        system,
                        connection,
                        clientIndex,
                        environment.mappings(),
                        environment.twins(),
                        environment.others(),
                        publisher,
                        publisher.boundedOutlet(
                                settings.repliesMax(connection.sources()),
                                new TroubleLog(monitor.responses(), connection.id(), "replies")),
                        DeadLetters.outlet(publisher, connection, monitor),
                        monitor,
                        settings,
                        environment.mappingThreads().of(connection.id()),
                        Windows.of(system, environment.twins()),
                        OwnAcks.of(connection, environment.ackSettings()),
                        aggregators);
        OutboundPath outbound = OutboundPath.start(path);
        ActorRef<Publication> subscriber = context.spawn(outbound.subscriber(), "subscriber");
        return new ClientParts(
                path, outbound, new Membership(environment, path, outbound, subscriber));
    }

    ConnectionMonitor monitor() {
        return path.monitor();
    }

    /**
     * Makes a link that is not open yet.
     *
     * @param timeout for the attempt
     * @param lost told the link and why, once, if it breaks after it was made
     * @throws org.patchbay.protocol.ProblemException where this version can't connect it
     */
    Link newLink(ClientEnvironment environment, Duration timeout, BiConsumer<Link, Failure> lost) {
        Connection connection = path.connection();
        CompletableFuture<Link> made = new CompletableFuture<>();
        LinkWatch watch =
                new LinkWatch(
                        connection,
                        monitor(),
                        failure -> made.thenAccept(link -> lost.accept(link, failure)));
        var context =
                new ClientContext(
                        path.system(), path.clientIndex(), environment.allowed(), timeout, watch);
        Link link = new Link(environment.client(connection, context), path, watch);
        made.complete(link);
        return link;
    }
}
