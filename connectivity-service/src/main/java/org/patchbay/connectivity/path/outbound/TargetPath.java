package org.patchbay.connectivity.path.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.acknowledgement.AckCollection;
import org.patchbay.cluster.bus.Interest;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.subscription.Subscription;
import org.patchbay.cluster.subscription.SubscriptionFilter;
import org.patchbay.cluster.subscription.SubscriptionFilter.Decision;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.path.Addresses;
import org.patchbay.connectivity.path.HeaderMapping;
import org.patchbay.connectivity.path.ImplicitContentType;
import org.patchbay.connectivity.path.MapperChain;
import org.patchbay.connectivity.path.MapperRunner;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;
import org.patchbay.connectivity.path.publishing.Outlet;
import org.patchbay.connectivity.path.publishing.TroubleLog;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.protocol.Acknowledgement;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Headers;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.placeholder.SignalPlaceholders;
import org.patchbay.protocol.placeholder.SignalPlaceholders.Surroundings;
import org.patchbay.protocol.placeholder.Template;

/**
 * The way of signals to one target: filter, map, resolve the address, publish, acknowledge. Signals
 * wait in a bounded buffer; what finds it full is dropped, counted and, where its acknowledgement
 * is requested, acknowledged as unavailable, so that its sender slows down and tries again.
 */
final class TargetPath {

    private static final PublishResult UNAVAILABLE = new PublishResult(503, Headers.EMPTY, null);
    private static final PublishResult NOT_SENT = new PublishResult(400, Headers.EMPTY, null);

    /** A signal for the target and who wants to know that it got there. */
    private record Delivery(Signal signal, @Nullable ActorRef<Signal> acknowledgements) {}

    /** A delivery with what it was mapped to. */
    private record Mapped(Delivery delivery, List<Outbound> messages) {}

    private final PathContext context;
    private final SubscriptionFilter filter;
    private final OwnAcks ownAcks;
    private final @Nullable String issuedLabel;
    private final MapperRunner mappers;
    private final HeaderMapping headerMapping;
    private final Template address;
    private final @Nullable Integer qos;
    private final Surroundings surroundings;
    private final Monitor monitor;
    private final Outlet outlet;
    private final BoundedSourceQueue<Delivery> buffer;
    private final CompletionStage<Done> ended;

    TargetPath(PathContext context, Target target) {
        this.context = context;
        this.filter = filter(target);
        this.ownAcks = context.ownAcks();
        this.surroundings = Surroundings.of(context.connection().id());
        this.issuedLabel = issuedLabel(target);
        this.mappers = MapperRunner.of(context, target.payloadMapping());
        this.headerMapping = HeaderMapping.of(target.headerMapping());
        this.address = Template.parse(target.address());
        this.qos = target.qos();
        this.monitor = context.monitor().target(target.address());
        this.outlet =
                context.publisher()
                        .outlet(
                                new TroubleLog(
                                        monitor, context.connection().id(), target.address()));
        var running = start();
        this.buffer = running.first();
        this.ended = running.second();
    }

    private static SubscriptionFilter filter(Target target) {
        return new SubscriptionFilter(
                target.topics().stream()
                        .map(topic ->
                                Subscription.of(
                                        topic.kind(),
                                        topic.namespaces(),
                                        topic.filter(),
                                        topic.extraFields()))
                        .toList(),
                new AuthorizationContext(target.authorizationContext()));
    }

    Interest interest() {
        return filter.interest();
    }

    /**
     * Takes a publication if it is for this target; never blocks.
     *
     * @return whether it was for this target
     */
    boolean offer(Publication publication) {
        return take(publication, this::enqueue);
    }

    /**
     * As {@link #offer}, for a publication that came when too many waited already: it is dropped.
     */
    boolean refuse(Publication publication) {
        return take(publication, this::tooMany);
    }

    /** Present where its messages are not taken again and again. */
    Optional<Outlet.Trouble> trouble() {
        return outlet.trouble();
    }

    private boolean take(Publication publication, Consumer<Delivery> selected) {
        try {
            return decide(publication, selected);
        } catch (RuntimeException e) {
            // One signal that nobody foresaw must not end the subscription of all others.
            dropped(publication.signal(), "It could not be filtered: " + e);
            return false;
        }
    }

    private boolean decide(Publication publication, Consumer<Delivery> then) {
        Signal signal = publication.signal();
        String entityId = signal.entityId();
        if (!context.settings().publishFailedEnrichments()
                && filter.lacksExtraFields(publication)) {
            dropped(signal, "The extra fields that the target wants of it can't be had.");
            acknowledge(new Delivery(signal, requester(publication)), UNAVAILABLE);
            return true;
        }
        return switch (filter.decide(publication)) {
            case Decision.Foreign _ -> {
                weaklyAcknowledge(publication);
                yield false;
            }
            case Decision.Filtered _ -> {
                monitor.success(
                        MetricType.DISPATCHED,
                        signal.headers(),
                        entityId,
                        "Arrived at the target.");
                monitor.failure(MetricType.FILTERED, signal.headers(), entityId, "Filtered out.");
                weaklyAcknowledge(publication);
                yield false;
            }
            case Decision.Selected(var selected) -> {
                monitor.success(
                        MetricType.DISPATCHED,
                        signal.headers(),
                        entityId,
                        "Arrived at the target.");
                monitor.success(
                        MetricType.FILTERED, signal.headers(), entityId, "Passed the filter.");
                then.accept(new Delivery(selected, requester(publication)));
                yield true;
            }
        };
    }

    /**
     * Takes a response that is for this target, whatever the target subscribes to.
     *
     * @return whether there is room for it
     */
    boolean take(Signal response) {
        if (buffer.offer(new Delivery(response, null)) != QueueOfferResult.enqueued()) {
            return false;
        }
        monitor.success(
                MetricType.DISPATCHED,
                response.headers(),
                response.entityId(),
                "Another connection diverts it here.");
        return true;
    }

    /** Takes nothing more; idempotent. */
    void close() {
        if (!buffer.isCompleted()) {
            buffer.complete();
        }
    }

    private void enqueue(Delivery delivery) {
        if (buffer.offer(delivery) != QueueOfferResult.enqueued()) {
            tooMany(delivery);
        }
    }

    private void tooMany(Delivery delivery) {
        monitor.failure(
                MetricType.DROPPED,
                delivery.signal().headers(),
                delivery.signal().entityId(),
                "Dropped, for too many signals wait for this target.");
        acknowledge(delivery, UNAVAILABLE);
    }

    CompletionStage<Done> ended() {
        return ended;
    }

    private Pair<BoundedSourceQueue<Delivery>, CompletionStage<Done>> start() {
        int inFlight = context.settings().targetInFlightMax();
        return Source.<Delivery>queue(context.settings().targetBufferMax())
                .mapAsync(1, this::map)
                .mapAsync(inFlight, this::publish)
                .toMat(Sink.ignore(), Keep.both())
                .run(context.system());
    }

    private CompletionStage<Mapped> map(Delivery delivery) {
        Signal signal = Acknowledgement.requesting(delivery.signal(), ownAcks.declared());
        return mappers.run(chain -> chain.outbound(signal))
                .thenApply(all -> outbound(signal, all))
                .exceptionally(e -> {
                    dropped(signal, "It could not be mapped: " + e);
                    return List.of();
                })
                .thenApply(messages -> new Mapped(delivery, messages));
    }

    private List<Outbound> outbound(
            Signal signal, List<MapperChain.Mapped<ExternalMessage>> mapped) {
        List<Outbound> messages = new ArrayList<>(1);
        for (MapperChain.Mapped<ExternalMessage> one : mapped) {
            switch (one) {
                case MapperChain.Mapped.Failure<ExternalMessage>(var problem, _) ->
                        monitor.failure(
                                MetricType.MAPPED,
                                signal.headers(),
                                signal.entityId(),
                                notMapped(problem));
                case MapperChain.Mapped.Message<ExternalMessage>(var message) -> {
                    monitor.success(
                            MetricType.MAPPED, signal.headers(), signal.entityId(), "Mapped.");
                    outbound(signal, message).ifPresent(messages::add);
                }
            }
        }
        return messages;
    }

    private static String notMapped(Problem problem) {
        String why = "Not mapped: " + problem.message();
        return problem.description() == null ? why : why + " " + problem.description();
    }

    private Optional<Outbound> outbound(Signal signal, ExternalMessage message) {
        Signal visible = signal.with(ImplicitContentType.hidden(signal.headers()));
        SignalPlaceholders placeholders = SignalPlaceholders.outbound(visible, surroundings);
        try {
            Optional<String> to = Addresses.resolve(address, placeholders);
            if (to.isEmpty()) {
                dropped(signal, "The target's address has no value for it.");
                return Optional.empty();
            }
            Headers headers = message.headers().withAll(headerMapping.resolve(placeholders));
            return Optional.of(new Outbound(to.get(), headers, message.payload(), qos));
        } catch (ProblemException e) {
            dropped(signal, e.problem().message());
            return Optional.empty();
        }
    }

    private CompletionStage<Done> publish(Mapped mapped) {
        Delivery delivery = mapped.delivery();
        if (mapped.messages().isEmpty()) {
            acknowledge(delivery, NOT_SENT);
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        CompletionStage<PublishResult> worst = CompletableFuture.completedFuture(PublishResult.OK);
        boolean first = true;
        for (Outbound message : mapped.messages()) {
            CompletionStage<PublishResult> one = outlet.publish(message);
            worst =
                    first
                            ? one
                            : worst.thenCombine(one, (a, b) -> a.status() >= b.status() ? a : b);
            first = false;
        }
        return worst.thenApply(result -> {
            published(delivery, result);
            return Done.getInstance();
        });
    }

    private void published(Delivery delivery, PublishResult result) {
        Signal signal = delivery.signal();
        if (AckCollection.isSuccess(result.status())) {
            monitor.success(
                    MetricType.PUBLISHED, signal.headers(), signal.entityId(), "Published.");
        } else {
            monitor.failure(
                    MetricType.PUBLISHED,
                    signal.headers(),
                    signal.entityId(),
                    "Not published: status " + result.status());
        }
        acknowledge(delivery, result);
    }

    private void acknowledge(Delivery delivery, PublishResult result) {
        ActorRef<Signal> requester = delivery.acknowledgements();
        if (requester == null || issuedLabel == null) {
            return;
        }
        Headers headers = delivery.signal().headers();
        String entityId = delivery.signal().entityId();
        Optional<Problem> refusal = ownAcks.refusal();
        if (refusal.isPresent() && !ownAcks.mayIssue(issuedLabel)) {
            String why = "Not acknowledged: " + refusal.get().message();
            monitor.failure(MetricType.ACKNOWLEDGED, headers, entityId, why);
            return;
        }
        Signal acknowledgement = IssuedAcks.strong(delivery.signal(), issuedLabel, result);
        if (ownAcks.isTooLarge(result.value())) {
            String why = "The acknowledgement's payload is too large and was left out.";
            monitor.failure(MetricType.ACKNOWLEDGED, headers, entityId, why);
            acknowledgement = ownAcks.withoutPayload(acknowledgement);
        }
        requester.tell(acknowledgement);
        boolean success = AckCollection.isSuccess(result.status());
        if (success) {
            monitor.success(MetricType.ACKNOWLEDGED, headers, entityId, "Acknowledged.");
        } else {
            monitor.failure(MetricType.ACKNOWLEDGED, headers, entityId, "Not acknowledged.");
        }
    }

    /** The signal is not for this target, so that nobody need wait for its acknowledgement. */
    private void weaklyAcknowledge(Publication publication) {
        ActorRef<Signal> requester = requester(publication);
        if (requester != null && issuedLabel != null && ownAcks.mayIssue(issuedLabel)) {
            requester.tell(Acknowledgement.weak(publication.signal(), issuedLabel));
        }
    }

    private @Nullable ActorRef<Signal> requester(Publication publication) {
        return issuedLabel != null
                        && Acknowledgement.requestedBy(publication.signal()).contains(issuedLabel)
                ? publication.acknowledgements()
                : null;
    }

    private @Nullable String issuedLabel(Target target) {
        String label = target.issuedAcknowledgementLabel();
        return label == null ? null : OwnAcks.resolve(label, context.connection().id());
    }

    private void dropped(Signal signal, String why) {
        monitor.failure(MetricType.DROPPED, signal.headers(), signal.entityId(), why);
    }
}
