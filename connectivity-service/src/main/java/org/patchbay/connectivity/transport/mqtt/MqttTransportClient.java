package org.patchbay.connectivity.transport.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.credentials.Credentials;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.connectivity.transport.endpoint.Endpoint;
import org.patchbay.connectivity.transport.endpoint.Tls;
import org.patchbay.connectivity.transport.mqtt.consuming.Delivery;
import org.patchbay.connectivity.transport.mqtt.consuming.Inbox;
import org.patchbay.connectivity.transport.mqtt.consuming.Subscriptions;
import org.patchbay.protocol.ProblemException;

/**
 * One MQTT client: a link that subscribes and publishes, or one for each.
 *
 * <p><b>At least once.</b> The session is kept by the broker unless configured otherwise, so what
 * is not acknowledged comes again when a client of the same id connects, also after a crash of this
 * process. Acknowledgements go out in order of receipt: a message that is not settled holds back
 * those of the messages behind it. {@code redeliver} leaves a message unacknowledged; with {@code
 * reconnectForRedelivery} the link is given up soon after, so that the broker sends it again.
 *
 * <p><b>Bounded.</b> Of QoS 1 and 2 a broker sends as many messages before one is acknowledged as
 * its own window allows (20 with mosquitto), an MQTT 5 broker no more than {@code
 * receive-maximum-client}. Of QoS 0, which no broker keeps, {@code qos0-waiting-max} wait here;
 * more are dropped and reported.
 */
final class MqttTransportClient implements TransportClient, MqttLink.Listener {

    private final Connection connection;
    private final ClientContext context;
    private final MqttConfig config;
    private final AtomicInteger unsettledQos0 = new AtomicInteger();
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Both set by connect, which comes before everything else. */
    private volatile List<Inbox> inboxes = List.of();

    private volatile @Nullable Links links;

    private record Links(
            Endpoint endpoint, MqttOptions options, MqttLink subscriber, MqttLink publisher) {

        CompletableFuture<?> connect() {
            return subscriber == publisher
                    ? subscriber.connect()
                    : subscriber.connect().thenCompose(done -> publisher.connect());
        }

        CompletableFuture<?> disconnect() {
            return subscriber == publisher
                    ? quietly(subscriber.disconnect())
                    : quietly(publisher.disconnect())
                            .thenCompose(done -> quietly(subscriber.disconnect()));
        }

        /** A link that is down already can't be ended, which is no failure. */
        private static CompletableFuture<?> quietly(CompletableFuture<?> ending) {
            return ending.handle((done, failed) -> Done.getInstance());
        }
    }

    MqttTransportClient(Connection connection, ClientContext context, MqttConfig config) {
        this.connection = connection;
        this.context = context;
        this.config = config;
    }

    @Override
    public CompletionStage<Done> connect() {
        try {
            Endpoint endpoint = Endpoint.of(connection);
            MqttOptions options = MqttOptions.of(connection, context.clientIndex(), config);
            inboxes = connection.sources().stream().map(this::inbox).toList();
            return endpoint.resolve(context)
                    .thenCompose(address -> connect(links(endpoint, options, address)))
                    .exceptionallyCompose(thrown -> failedToConnect(endpoint, thrown));
        } catch (Failure invalid) {
            return CompletableFuture.failedFuture(invalid);
        }
    }

    private Inbox inbox(Source source) {
        return new Inbox(
                source,
                message ->
                        context.events()
                                .dropped(
                                        message.address(),
                                        "The link ended before it was handled, and of QoS 0 nobody"
                                                + " sends it again."));
    }

    private CompletionStage<Done> connect(Links made) {
        links = made;
        if (ended.get()) {
            return CompletableFuture.failedFuture(goneAtOnce());
        }
        return made.connect()
                .thenCompose(done -> {
                    connected.set(true);
                    return ended.get()
                            ? CompletableFuture.failedFuture(goneAtOnce())
                            : CompletableFuture.completedFuture(Done.getInstance());
                });
    }

    private static Failure goneAtOnce() {
        return Failure.bySystem("The connection was closed as soon as it was made.", null);
    }

    private CompletionStage<Done> failedToConnect(Endpoint endpoint, Throwable thrown) {
        return close().thenCompose(done ->
                CompletableFuture.failedFuture(
                        MqttFailures.connecting(endpoint, identified(), thrown)));
    }

    private boolean identified() {
        return connection.credentials() instanceof Credentials.ClientCertificate;
    }

    private Links links(Endpoint endpoint, MqttOptions options, InetSocketAddress address) {
        LinkSetup setup =
                new LinkSetup(
                        options,
                        address,
                        isSecure(endpoint) ? tls() : null,
                        endpoint.username(),
                        endpoint.password(),
                        context.connectTimeout(),
                        EventLoops.of(context.system()));
        MqttLink subscriber = link(setup);
        MqttLink publisher =
                options.publisherId() == null
                        ? subscriber
                        : link(setup.with(options.forPublishing(options.publisherId())));
        return new Links(endpoint, options, subscriber, publisher);
    }

    private LinkSetup.Secured tls() {
        return new LinkSetup.Secured(
                Tls.trust(connection), Tls.identity(connection), connection.validateCertificates());
    }

    private static boolean isSecure(Endpoint endpoint) {
        return switch (endpoint.scheme()) {
            case "tcp", "mqtt" -> false;
            case "ssl", "mqtts" -> true;
            default ->
                    throw Failure.byUser(
                                    "The uri must start with tcp, mqtt, ssl or mqtts, not with "
                                            + endpoint.scheme()
                                            + ".",
                                    null)
                            .in(Layer.CONFIGURATION);
        };
    }

    private MqttLink link(LinkSetup setup) {
        return connection.type() == ConnectionType.MQTT_5
                ? new Mqtt5Link(setup, this)
                : new Mqtt3Link(setup, this);
    }

    @Override
    public org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(
            Source source) {
        Links current = links;
        Inbox inbox = inboxes.stream().filter(one -> one.take(source)).findFirst().orElse(null);
        if (current == null || inbox == null) {
            throw new IllegalStateException("Connect first, and consume each source once.");
        }
        return inbox.stream(() -> subscribe(current, inbox));
    }

    private CompletionStage<Done> subscribe(Links links, Inbox inbox) {
        Subscriptions subscriptions = new Subscriptions(inboxes);
        int index = inboxes.indexOf(inbox);
        List<String> filters = subscriptions.of(index);
        if (filters.isEmpty()) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        return links.subscriber()
                .subscribe(filters, inbox.qos())
                .handle((granted, thrown) -> {
                    if (thrown != null) {
                        Failure failure = MqttFailures.subscribing(filters, thrown);
                        inbox.fail(failure);
                        throw failure;
                    }
                    return Done.getInstance();
                })
                .thenCompose(done -> unsubscribe(links, subscriptions.coveredBy(index)));
    }

    /** After what covers them is subscribed to, so that nothing is missed in between. */
    private static CompletionStage<Done> unsubscribe(Links links, List<String> filters) {
        return filters.isEmpty()
                ? CompletableFuture.completedFuture(Done.getInstance())
                : links.subscriber()
                        .unsubscribe(filters)
                        // Without it a message may come twice, which is no reason not to go on.
                        .handle((done, failed) -> Done.getInstance());
    }

    @Override
    public CompletionStage<PublishResult> publish(Outbound message) {
        Links current = links;
        if (current == null) {
            throw new IllegalStateException("Connect first.");
        }
        try {
            return current.publisher().publish(Publication.of(message, config.knownHeadersKept()));
        } catch (ProblemException invalid) {
            return CompletableFuture.completedFuture(
                    MqttFailures.result(invalid.problem().status(), invalid.problem().message()));
        }
    }

    @Override
    public int publishWindow() {
        Links current = links;
        return current == null ? 1 : current.publisher().sendMaximum();
    }

    @Override
    public CompletionStage<Done> close() {
        ended.set(true);
        inboxes.forEach(Inbox::close);
        Links current = links;
        return current == null
                ? CompletableFuture.completedFuture(Done.getInstance())
                : current.disconnect().thenApply(done -> Done.getInstance());
    }

    @Override
    public void received(MqttLink.Arrival arrival) {
        List<Inbox> takers =
                inboxes.stream().filter(inbox -> inbox.matches(arrival.topic())).toList();
        boolean qos0 = arrival.qos() == MqttQos.AT_MOST_ONCE;
        String topic = arrival.topic().toString();
        if (takers.isEmpty()) {
            arrival.acknowledge().run();
            context.events()
                    .dropped(
                            topic,
                            "The broker still has a subscription for it that no source has.");
        } else if (qos0 && unsettledQos0.get() >= config.qos0WaitingMax()) {
            arrival.acknowledge().run();
            context.events().dropped(topic, "Too many messages of QoS 0 are waiting.");
        } else {
            Delivery delivery = qos0 ? qos0(takers.size()) : acknowledged(takers.size(), arrival);
            takers.forEach(inbox ->
                    inbox.offer(
                            new Inbound(
                                    arrival.headers(),
                                    arrival.payload().asReadOnlyBuffer(),
                                    topic,
                                    delivery.settlement()),
                            !qos0));
        }
    }

    private Delivery qos0(int sources) {
        unsettledQos0.incrementAndGet();
        Runnable settled = unsettledQos0::decrementAndGet;
        return new Delivery(sources, settled, settled, false);
    }

    private Delivery acknowledged(int sources, MqttLink.Arrival arrival) {
        Links current = links;
        Duration delay = current == null ? null : current.options().reconnectForRedelivery();
        if (delay == null) {
            return new Delivery(sources, arrival.acknowledge(), () -> {}, false);
        }
        return new Delivery(sources, arrival.acknowledge(), () -> reconnectAfter(delay), true);
    }

    private void reconnectAfter(Duration delay) {
        Failure why =
                Failure.bySystem(
                        "The connection is made anew so that the broker sends a message again.",
                        null);
        context.system()
                .scheduler()
                .scheduleOnce(delay, () -> lost(why), context.system().executionContext());
    }

    @Override
    public void disconnected(Throwable cause, boolean byBroker) {
        Links current = links;
        if (current != null) {
            Failure failure = MqttFailures.lost(current.endpoint(), cause);
            lost(byBroker ? failure.notBefore(config.pauseAfterDisconnect()) : failure);
        }
    }

    private void lost(Failure failure) {
        if (ended.compareAndSet(false, true) && connected.get()) {
            inboxes.forEach(inbox -> inbox.fail(failure));
            // With two links the other one is still there.
            close();
            context.events().lost(failure);
        }
    }
}
