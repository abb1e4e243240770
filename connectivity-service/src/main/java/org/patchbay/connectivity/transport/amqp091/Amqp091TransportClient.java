package org.patchbay.connectivity.transport.amqp091;

import com.rabbitmq.client.ShutdownSignalException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/**
 * One AMQP 0.9.1 client: a link that consumes and one that publishes.
 *
 * <p><b>At least once.</b> A message is acknowledged when it has been accepted, goes to the queue's
 * dead-letter exchange (if it has one) when it was rejected, and back to its place in the queue
 * when it is wanted again or the link is lost. What is published is persistent and {@code
 * mandatory}; it counts as published when the broker has confirmed it.
 *
 * <p><b>Bounded.</b> The broker hands over {@code prefetch} messages of a queue before one of them
 * is settled.
 */
final class Amqp091TransportClient implements TransportClient {

    private final Connection connection;
    private final ClientContext context;
    private final Amqp091Config config;
    private final QueueAccess access;
    private final Amqp091Link consuming;
    private final Amqp091Link publishing;
    private final ConfirmedPublisher publisher;
    private final List<Consumption> consumptions = new CopyOnWriteArrayList<>();
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();

    Amqp091TransportClient(
            Connection connection,
            ClientContext context,
            Amqp091Config config,
            QueueAccess access) {
        this.connection = connection;
        this.context = context;
        this.config = config;
        this.access = access;
        this.consuming = new Amqp091Link(connection, context, config, "consumer");
        this.publishing = new Amqp091Link(connection, context, config, "publisher");
        this.publisher = new ConfirmedPublisher(publishing, config.exchangesMax());
    }

    @Override
    public CompletionStage<Done> connect() {
        Endpoint endpoint = Endpoint.of(connection);
        return endpoint.resolve(context)
                .thenCompose(address -> open(endpoint, address))
                .exceptionallyCompose(thrown -> failedToConnect(endpoint, thrown));
    }

    private CompletionStage<Done> open(Endpoint endpoint, InetSocketAddress address) {
        return consuming
                .open(endpoint, address, cause -> lost(endpoint, cause))
                .thenCompose(
                        _ -> publishing.open(endpoint, address, cause -> lost(endpoint, cause)))
                .thenCompose(done -> {
                    watchForBlocking(endpoint);
                    connected.set(true);
                    return ended.get()
                            ? CompletableFuture.failedFuture(goneAtOnce())
                            : CompletableFuture.completedFuture(done);
                });
    }

    private static Failure goneAtOnce() {
        return Failure.bySystem("The connection was closed as soon as it was made.", null);
    }

    private void watchForBlocking(Endpoint endpoint) {
        publishing
                .broker()
                .addBlockedListener(
                        reason ->
                                context.events()
                                        .impaired(
                                                "The broker at "
                                                        + endpoint
                                                        + " takes no messages for now: "
                                                        + reason),
                        () -> context.events().recovered());
    }

    private CompletionStage<Done> failedToConnect(Endpoint endpoint, Throwable thrown) {
        boolean identified = connection.credentials() instanceof Credentials.ClientCertificate;
        return close().thenCompose(_ ->
                CompletableFuture.failedFuture(
                        Amqp091Failures.connecting(endpoint, identified, thrown)));
    }

    @Override
    public org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(
            Source source) {
        var consumption = new Consumption(consuming, source, config.prefetch(), access, this::lost);
        consumptions.add(consumption);
        return consumption.stream();
    }

    @Override
    public CompletionStage<PublishResult> publish(Outbound message) {
        return publisher.publish(message);
    }

    @Override
    public CompletionStage<Done> close() {
        ended.set(true);
        consumptions.forEach(Consumption::close);
        return publishing.close().thenCombine(consuming.close(), (done, _) -> done);
    }

    private void lost(Endpoint endpoint, ShutdownSignalException cause) {
        lost(Amqp091Failures.lost(endpoint, cause));
    }

    private void lost(Failure failure) {
        if (ended.compareAndSet(false, true) && connected.get()) {
            consumptions.forEach(one -> one.fail(failure));
            // The other link is still there.
            close();
            context.events().lost(failure);
        }
    }
}
