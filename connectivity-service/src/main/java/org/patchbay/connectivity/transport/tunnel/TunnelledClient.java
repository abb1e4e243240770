package org.patchbay.connectivity.transport.tunnel;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Detour;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.LinkEvents;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;

/**
 * A client of any transport whose endpoint is reached through a tunnel: that is opened before the
 * client connects, and closed after it. A tunnel that is lost is a link that is lost.
 */
public final class TunnelledClient implements TransportClient {

    private final SshTunnel tunnel;
    private final TunnelPermits permits;
    private final ClientContext context;
    private final TransportClient client;
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Tunnel open;

    /** Null before it is asked for. */
    private volatile @Nullable Opening opening;

    private TunnelledClient(
            Connection connection,
            SshTunnel tunnel,
            TunnelPermits permits,
            ClientContext context,
            BiFunction<Connection, ClientContext, TransportClient> transport) {
        this.tunnel = tunnel;
        this.permits = permits;
        this.context = context;
        this.client =
                transport.apply(
                        connection,
                        context.by(Detour.later(() -> open), new Watch(context.events())));
    }

    /** The transport's client, in a tunnel where the connection has one. */
    public static TransportClient of(
            Connection connection,
            TunnelPermits permits,
            ClientContext context,
            BiFunction<Connection, ClientContext, TransportClient> transport) {
        SshTunnel tunnel = connection.sshTunnel();
        if (tunnel == null || !tunnel.enabled()) {
            return transport.apply(connection, context);
        }
        return new TunnelledClient(connection, tunnel, permits, context, transport);
    }

    @Override
    public CompletionStage<Done> connect() {
        Opening made = Tunnels.of(context.system()).open(tunnel, permits, limit(), this::lost);
        opening = made;
        if (ended.get()) {
            made.close();
        }
        return made.tunnel()
                .thenCompose(through -> {
                    open = through;
                    if (ended.get()) {
                        return CompletableFuture.failedFuture(goneAtOnce());
                    }
                    context.events().tunnelled(through.description());
                    return client.connect();
                })
                .thenApply(done -> {
                    connected.set(true);
                    if (ended.get()) {
                        throw goneAtOnce();
                    }
                    return done;
                })
                .exceptionallyCompose(thrown -> {
                    Failure gone = loss();
                    return close().thenCompose(_ ->
                            CompletableFuture.failedFuture(gone == null ? thrown : gone));
                });
    }

    /**
     * Half of the time: a channel to the endpoint may take the other half, so that whoever waits
     * hears which of them it was before giving up.
     */
    private Duration limit() {
        return context.connectTimeout().dividedBy(2);
    }

    private static Failure goneAtOnce() {
        return Failure.bySystem("The connection was closed as soon as it was made.", null);
    }

    /** Why the tunnel is gone; null where it is open or was never. */
    private @Nullable Failure loss() {
        Tunnel through = open;
        return through == null ? null : through.loss();
    }

    @Override
    public org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(
            Source source) {
        return client.consume(source);
    }

    @Override
    public CompletionStage<PublishResult> publish(Outbound message) {
        return client.publish(message);
    }

    @Override
    public int publishWindow() {
        return client.publishWindow();
    }

    @Override
    public CompletionStage<Done> close() {
        ended.set(true);
        return client.close()
                .exceptionally(_ -> Done.getInstance())
                .thenCompose(_ -> {
                    Opening made = opening;
                    return made == null
                            ? CompletableFuture.completedFuture(Done.getInstance())
                            : made.close();
                });
    }

    private void lost(Failure failure) {
        if (ended.compareAndSet(false, true) && connected.get()) {
            context.events().lost(failure);
        }
    }

    /** What the client tells, with the tunnel's end as the reason where that is it. */
    private final class Watch implements LinkEvents {

        private final LinkEvents events;

        Watch(LinkEvents events) {
            this.events = events;
        }

        @Override
        public void lost(Failure failure) {
            Failure gone = loss();
            TunnelledClient.this.lost(gone == null ? failure : gone);
        }

        @Override
        public void dropped(String address, String reason) {
            events.dropped(address, reason);
        }

        @Override
        public void impaired(String what) {
            events.impaired(what);
        }

        @Override
        public void recovered() {
            events.recovered();
        }

        @Override
        public void tunnelled(String where) {
            events.tunnelled(where);
        }
    }
}
