package org.patchbay.connectivity.transport.amqp10;

import jakarta.jms.JMSException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.qpid.jms.JmsConnection;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.connectivity.transport.amqp10.link.Amqp10Failures;
import org.patchbay.connectivity.transport.amqp10.link.Amqp10Link;
import org.patchbay.connectivity.transport.amqp10.link.Impairments;
import org.patchbay.connectivity.transport.amqp10.link.Lane;
import org.patchbay.connectivity.transport.endpoint.Endpoint;

/**
 * One AMQP 1.0 client: one link at a time.
 *
 * <p><b>At least once.</b> A message is settled as accepted when it has been handled, as rejected
 * when it never will be, and as modified with a failed delivery when it is wanted again. What is
 * published is durable and counts as published when the broker has accepted it.
 *
 * <p><b>Bounded.</b> A broker sends {@code prefetch} messages of an address ahead; as many as may
 * be unsettled are handed on.
 *
 * <p><b>Logins that expire.</b> A link whose login expires is replaced before it does: the new one
 * is made, sources and targets move to it, and the old one ends when all is settled on it.
 */
final class Amqp10TransportClient implements TransportClient {

    /** The last fifth of a login's life is left to get another one. */
    private static final int RENEWED_BEFORE = 5;

    private final Connection connection;
    private final ClientContext context;
    private final Amqp10Config config;
    private final Amqp10Options options;
    private final Subscription.Access access;
    private final Logins logins;
    private final Clock clock = Clock.systemUTC();
    private final Lane connecting = new Lane();
    private final Impairments impairments;
    private final List<Consumption> consumptions = new CopyOnWriteArrayList<>();
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private int links;
    private volatile @Nullable Amqp10Link link;
    private volatile @Nullable Cancellable renewal;
    private volatile @Nullable Cancellable looking;

    Amqp10TransportClient(
            Connection connection,
            ClientContext context,
            Amqp10Config config,
            Amqp10Options options,
            Subscription.Access access) {
        this.connection = connection;
        this.context = context;
        this.config = config;
        this.options = options;
        this.access = access;
        this.logins = new Logins(connection, config.algorithms());
        this.impairments = new Impairments(context.events());
    }

    @Override
    public CompletionStage<Done> connect() {
        Endpoint endpoint = Endpoint.of(connection);
        return endpoint.resolve(context)
                .thenCompose(address -> connecting.run(() -> open(endpoint, address)))
                .thenCompose(made -> {
                    link = made;
                    connected.set(true);
                    lookForStops();
                    if (ended.get() || !made.isUp()) {
                        return CompletableFuture.<Done>failedFuture(goneAtOnce());
                    }
                    return CompletableFuture.completedFuture(Done.getInstance());
                })
                .exceptionallyCompose(thrown -> failedToConnect(endpoint, thrown));
    }

    private void lookForStops() {
        Duration pause = config.stoppedAfter();
        looking =
                context.system()
                        .scheduler()
                        .scheduleAtFixedRate(
                                pause,
                                pause,
                                () -> link().lookForStops(),
                                context.system().executionContext());
    }

    private static Failure goneAtOnce() {
        return Failure.bySystem("The connection was closed as soon as it was made.", null);
    }

    /** Waits for it; on the thread for connecting. */
    private Amqp10Link open(Endpoint endpoint, InetSocketAddress address) throws JMSException {
        Instant now = clock.instant();
        Login login = logins.now(endpoint, now);
        JmsConnection broker = options.connect(endpoint, address, login, links++);
        Amqp10Link made =
                Amqp10Link.over(
                        broker,
                        config.producersMax(),
                        impairments,
                        (which, why) -> lost(which, endpoint, why));
        if (login != null && login.expires() != null) {
            renewBefore(endpoint, now, login.expires());
        }
        return made;
    }

    private CompletionStage<Done> failedToConnect(Endpoint endpoint, Throwable thrown) {
        connected.set(false);
        return close().thenCompose(_ ->
                CompletableFuture.failedFuture(
                        Amqp10Failures.connecting(endpoint, isIdentified(), thrown)));
    }

    private boolean isIdentified() {
        return connection.credentials() instanceof Credentials.ClientCertificate;
    }

    @Override
    public org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(
            Source source) {
        var consumption =
                new Consumption(
                        source,
                        config.unsettledMax(),
                        address ->
                                taker ->
                                        new Subscription(
                                                address,
                                                access,
                                                this::link,
                                                config,
                                                taker,
                                                new Subscription.Events(
                                                        context.events(), impairments)));
        consumptions.add(consumption);
        return consumption.stream();
    }

    private Amqp10Link link() {
        Amqp10Link now = link;
        if (now == null) {
            throw new IllegalStateException("Connect first.");
        }
        return now;
    }

    @Override
    public CompletionStage<PublishResult> publish(Outbound message) {
        return link().publish(message);
    }

    @Override
    public CompletionStage<Done> close() {
        ended.set(true);
        impairments.close();
        cancel(renewal);
        cancel(looking);
        consumptions.forEach(Consumption::close);
        Amqp10Link now = link;
        if (now == null) {
            connecting.abort();
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        connecting.close();
        return now.close();
    }

    private static void cancel(@Nullable Cancellable planned) {
        if (planned != null) {
            planned.cancel();
        }
    }

    private void lost(Amqp10Link which, Endpoint endpoint, Throwable cause) {
        Amqp10Link now = link;
        if (now != null && now != which) {
            // It has been replaced; what was unsettled on it comes again.
            which.close();
            return;
        }
        if (ended.compareAndSet(false, true) && connected.get()) {
            Failure failure = Amqp10Failures.lost(endpoint, cause);
            consumptions.forEach(one -> one.fail(failure));
            close();
            context.events().lost(failure);
        }
    }

    private void renewBefore(Endpoint endpoint, Instant begin, Instant expires) {
        Duration life = Duration.between(begin, expires);
        plan(endpoint, expires, life.minus(life.dividedBy(RENEWED_BEFORE)));
    }

    private void plan(Endpoint endpoint, Instant expires, Duration pause) {
        renewal =
                context.system()
                        .scheduler()
                        .scheduleOnce(
                                pause,
                                () -> renew(endpoint, expires),
                                context.system().executionContext());
    }

    private void renew(Endpoint endpoint, Instant expires) {
        if (ended.get()) {
            return;
        }
        endpoint.resolve(context)
                .thenCompose(address -> connecting.run(() -> open(endpoint, address)))
                .whenComplete((made, failure) -> {
                    if (failure == null) {
                        impairments.remove(this);
                        replaceWith(endpoint, made, expires);
                    } else if (!ended.get()) {
                        notRenewed(endpoint, expires, failure);
                    }
                });
    }

    private void replaceWith(Endpoint endpoint, Amqp10Link made, Instant expires) {
        Amqp10Link before = link();
        made.publishAfter(before);
        link = made;
        if (ended.get()) {
            // Whoever closes this client has met one of them, be it the one or the other.
            made.close();
            before.close();
            return;
        }
        consumptions.forEach(Consumption::move);
        if (!made.isUp()) {
            lost(made, endpoint, goneAtOnce());
        }
        Duration left = Duration.between(clock.instant(), expires);
        before.quiet()
                .orTimeout(Math.max(left.toMillis(), 0), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> before.close());
    }

    /** As long as the old login holds it is tried again; then the broker ends the link. */
    private void notRenewed(Endpoint endpoint, Instant expires, Throwable failure) {
        Failure why = Amqp10Failures.connecting(endpoint, isIdentified(), failure);
        impairments.add(
                this,
                "The login expires at " + expires + " and is not renewed: " + why.description());
        Duration left = Duration.between(clock.instant(), expires);
        if (left.isPositive()) {
            plan(endpoint, expires, left.dividedBy(RENEWED_BEFORE).plus(config.reattachMin()));
        }
    }
}
