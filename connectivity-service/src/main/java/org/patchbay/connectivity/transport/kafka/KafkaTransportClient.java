package org.patchbay.connectivity.transport.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.connectivity.transport.endpoint.Unreachable;
import org.patchbay.connectivity.transport.kafka.consuming.Consumption;
import org.patchbay.connectivity.transport.kafka.consuming.PollLoop;
import org.patchbay.connectivity.transport.kafka.publishing.KafkaPublisher;
import org.patchbay.connectivity.transport.kafka.publishing.Results;

/**
 * One Kafka client: members of the connection's group, one for each consumer of a source, and a
 * producer.
 *
 * <p><b>At least once.</b> Of each partition the offset is committed up to which everything is
 * settled, soon after it is, and when the partition goes to another member. A message that is
 * wanted again is read again after a pause; those behind it that are settled are not. What is
 * rejected counts as settled, since Kafka keeps nothing else for it. With QoS 0 the offset is
 * committed before a message is handed on. What is published counts as published when all replicas
 * in sync have it.
 *
 * <p><b>Bounded.</b> {@code unsettled-max} messages of a consumer are unsettled, and so many of a
 * partition at most are ahead of the committed offset; beyond that partitions are paused.
 */
final class KafkaTransportClient implements TransportClient {

    private final Connection connection;
    private final ClientContext context;
    private final KafkaConfig config;
    private final Access access;
    private final List<Consumption> consumptions = new CopyOnWriteArrayList<>();
    private final AtomicInteger consumers = new AtomicInteger();
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable KafkaCluster asked;
    private volatile @Nullable Link link;

    /**
     * @param publisher null where nothing is to be published
     */
    private record Link(
            KafkaOptions options,
            KafkaCluster cluster,
            ClientProperties properties,
            @Nullable KafkaPublisher publisher,
            LinkCheck check) {}

    KafkaTransportClient(
            Connection connection, ClientContext context, KafkaConfig config, Access access) {
        this.connection = connection;
        this.context = context;
        this.config = config;
        this.access = access;
    }

    @Override
    public CompletionStage<Done> connect() {
        KafkaOptions options;
        try {
            options = KafkaOptions.of(connection);
        } catch (Failure invalid) {
            return CompletableFuture.failedFuture(invalid);
        }
        String clientId = connection.id() + "-" + context.clientIndex();
        var cluster = new KafkaCluster(connection, context, options, answerTimeout());
        asked = cluster;
        return cluster.open(addresses ->
                        new ClientProperties(
                                connection, options, config, clientId, cluster.way(), addresses))
                .thenCompose(properties -> connected(options, cluster, properties))
                .handle((done, thrown) -> {
                    if (thrown == null) {
                        return CompletableFuture.completedFuture(done);
                    }
                    return cluster.close()
                            .thenCompose(_ ->
                                    CompletableFuture.<Done>failedFuture(
                                            explained(options, thrown)))
                            .toCompletableFuture();
                })
                .thenCompose(stage -> stage);
    }

    /** Whoever waits for the link may have less time. */
    private Duration answerTimeout() {
        Duration most = context.connectTimeout();
        return most.compareTo(config.answerTimeout()) < 0 ? most : config.answerTimeout();
    }

    private static Throwable explained(KafkaOptions options, Throwable thrown) {
        return Unreachable.of(options.servers().getFirst(), false, thrown);
    }

    private CompletionStage<Done> connected(
            KafkaOptions options, KafkaCluster cluster, ClientProperties properties) {
        KafkaPublisher publisher =
                access == Access.LOOK
                        ? null
                        : new KafkaPublisher(
                                properties.producer(),
                                options.describes(),
                                new KafkaPublisher.Patience(
                                        config.publishing().topicTimeout(),
                                        config.publishingTimeout()),
                                this::refused);
        var check = new LinkCheck(cluster, config.checkInterval(), this::lost);
        link = new Link(options, cluster, properties, publisher, check);
        check.watch(cluster.admin()::metrics);
        if (publisher != null) {
            check.watch(publisher::metrics);
        }
        connected.set(true);
        if (ended.get()) {
            return close().thenCompose(_ -> CompletableFuture.failedFuture(goneAtOnce()));
        }
        check.start(context.system());
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    private static Failure goneAtOnce() {
        return Failure.bySystem("The connection was closed as soon as it was made.", null);
    }

    private Link link() {
        Link made = link;
        if (made == null) {
            throw new IllegalStateException("Connect first.");
        }
        return made;
    }

    @Override
    public org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(
            Source source) {
        Link over = link();
        return switch (access) {
            case CONSUME -> consume(source, over);
            case LOOK ->
                    org.apache.pekko.stream.javadsl.Source.<Inbound>maybe()
                            .mapMaterializedValue(
                                    _ -> over.cluster().look(source.addresses(), false));
        };
    }

    private org.apache.pekko.stream.javadsl.Source<Inbound, CompletionStage<Done>> consume(
            Source source, Link over) {
        int number = consumers.getAndIncrement();
        var work = new PollLoop.Work(source.addresses(), isAtMostOnce(source), config.consuming());
        var consumption =
                new Consumption(
                        config.consuming().unsettledMax(),
                        taker ->
                                new PollLoop(
                                        work,
                                        () ->
                                                new KafkaConsumer<>(
                                                        over.properties().consumer(number),
                                                        new ByteArrayDeserializer(),
                                                        new ByteArrayDeserializer()),
                                        context.events(),
                                        taker),
                        why ->
                                KafkaFailures.consuming(
                                        over.cluster().endpoint(),
                                        source.addresses(),
                                        over.options().groupId(),
                                        why),
                        this::lost);
        consumptions.add(consumption);
        over.check().watch(consumption::metrics);
        return consumption.stream(() -> over.cluster().look(source.addresses(), true));
    }

    private static boolean isAtMostOnce(Source source) {
        return source.qos() != null && source.qos() == 0;
    }

    @Override
    public CompletionStage<PublishResult> publish(Outbound message) {
        KafkaPublisher publisher = link().publisher();
        return publisher == null || ended.get()
                ? CompletableFuture.completedFuture(Results.CLOSED)
                : publisher.publish(message);
    }

    @Override
    public int publishWindow() {
        return config.publishing().unansweredMax();
    }

    @Override
    public CompletionStage<Done> close() {
        ended.set(true);
        CompletionStage<Done> consumed = CompletableFuture.completedFuture(Done.getInstance());
        for (Consumption consumption : consumptions) {
            consumed = consumed.thenCombine(consumption.close(), (done, _) -> done);
        }
        Link over = link;
        if (over == null) {
            KafkaCluster cluster = asked;
            return cluster == null ? consumed : cluster.close();
        }
        over.check().stop();
        KafkaPublisher publisher = over.publisher();
        CompletionStage<Done> published = publisher == null ? consumed : publisher.close();
        return consumed.thenCombine(published, (done, _) -> done)
                .thenCompose(_ -> over.cluster().close());
    }

    /** The producer is of no use any more. */
    private void refused(Exception cause) {
        lost(KafkaFailures.publishing(Objects.requireNonNull(link).cluster().endpoint(), cause));
    }

    private void lost(Failure failure) {
        if (ended.compareAndSet(false, true) && connected.get()) {
            consumptions.forEach(one -> one.fail(failure));
            close();
            context.events().lost(failure);
        }
    }
}
