package org.patchbay.connectivity.path.outbound;

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
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Ledger;
import org.patchbay.connectivity.monitoring.account.Outcome;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.deadletter.DeadLetter;
import org.patchbay.connectivity.path.deadletter.DeadLetters;
import org.patchbay.connectivity.path.publishing.Outlet;
import org.patchbay.connectivity.path.publishing.TroubleLog;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.Headers;

/**
 * The way of signals to one target: filter, map, resolve the address, publish, acknowledge. Signals
 * wait in a bounded buffer; what finds it full is dropped, counted and, where its acknowledgement
 * is requested, acknowledged as unavailable, so that its sender slows down and tries again.
 */
final class TargetPath {

    private static final PublishResult UNAVAILABLE = new PublishResult(503, Headers.EMPTY, null);
    private static final PublishResult NOT_SENT = new PublishResult(400, Headers.EMPTY, null);

    /** A signal for the target, its account, and who wants to know that it got there. */
    private record Delivery(
            Signal signal,
            Ledger.Entry account,
            @Nullable ActorRef<Signal> acknowledgements,
            Takers takers) {}

    /** A delivery with what it was mapped to. */
    private record Mapped(Delivery delivery, TargetMapping.Mapped outcome) {

        List<Outbound> messages() {
            return outcome.messages();
        }

        /** That of what can't be published, the worst of it. */
        Ending ending() {
            Ending worst = Ending.DONE;
            for (Ending one : outcome.lost()) {
                worst = Ending.worse(worst, one);
            }
            return worst;
        }
    }

    private final PathContext context;
    private final SubscriptionFilter filter;
    private final TargetAcks acks;
    private final TargetMapping mapping;
    private final String address;
    private final Monitor monitor;
    private final Outlet outlet;
    private final DeadLetters deadLetters;
    private final BoundedSourceQueue<Delivery> buffer;
    private final CompletionStage<Done> ended;

    TargetPath(PathContext context, Target target) {
        this.context = context;
        this.filter = filter(target);
        this.address = target.address();
        this.monitor = context.monitor().target(target.address());
        this.outlet =
                context.publisher()
                        .outlet(
                                new TroubleLog(
                                        monitor, context.connection().id(), target.address()));
        this.acks = new TargetAcks(context, target, monitor);
        this.mapping = new TargetMapping(context, target, monitor);
        this.deadLetters = new DeadLetters(context);
        var running = start();
        this.buffer = running.first();
        this.ended = running.second().thenCompose(_ -> deadLetters.drained());
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
     * @param takers are told if it makes nothing of it
     */
    void offer(Publication publication, Takers takers) {
        take(publication, takers, this::enqueue);
    }

    /**
     * As {@link #offer}, for a publication that came when too many waited already: it is dropped.
     */
    void refuse(Publication publication, Takers takers) {
        take(publication, takers, this::tooMany);
    }

    TargetAcks acks() {
        return acks;
    }

    /** Present where its messages are not taken again and again. */
    Optional<Outlet.Trouble> trouble() {
        return outlet.trouble();
    }

    private void take(Publication publication, Takers takers, Consumer<Delivery> selected) {
        try {
            decide(publication, takers, selected);
        } catch (RuntimeException e) {
            // One signal that nobody foresaw must not end the subscription of all others.
            Signal signal = publication.signal();
            Ending ending = Ending.of(Reason.FILTERING_FAILED, "It could not be filtered: " + e);
            account().end(ending.reason());
            dropped(signal, ending.text());
            deadLetters.offer(DeadLetter.unmapped(signal, address, ending));
            acks.issue(signal, acks.requester(publication), NOT_SENT);
            takers.nothing(acks);
        }
    }

    private void decide(Publication publication, Takers takers, Consumer<Delivery> then) {
        Signal signal = publication.signal();
        String entityId = signal.entityId();
        if (!context.settings().publishFailedEnrichments()
                && filter.lacksExtraFields(publication)) {
            String text = "The extra fields that the target wants of it can't be had.";
            refused(
                    new Delivery(signal, account(), acks.requester(publication), takers),
                    Ending.of(Reason.ENRICHMENT_FAILED, text));
            return;
        }
        switch (filter.decide(publication)) {
            case Decision.Foreign _ -> takers.nothing(acks);
            case Decision.Filtered _ -> {
                monitor.success(
                        MetricType.DISPATCHED,
                        signal.headers(),
                        entityId,
                        "Arrived at the target.");
                monitor.failure(MetricType.FILTERED, signal.headers(), entityId, "Filtered out.");
                account().end(Reason.FILTERED_OUT);
                takers.nothing(acks);
            }
            case Decision.Selected(var selected) -> {
                monitor.success(
                        MetricType.DISPATCHED,
                        signal.headers(),
                        entityId,
                        "Arrived at the target.");
                monitor.success(
                        MetricType.FILTERED, signal.headers(), entityId, "Passed the filter.");
                then.accept(new Delivery(selected, account(), acks.requester(publication), takers));
            }
        }
    }

    /**
     * Takes a response that is for this target, whatever the target subscribes to.
     *
     * @return whether there is room for it
     */
    boolean take(Signal response) {
        Delivery delivery =
                new Delivery(response, account(), null, Takers.nobodyWaits(context.ownAcks()));
        if (put(delivery) != QueueOfferResult.enqueued()) {
            // No dead letter, for it is offered again.
            delivery.account().end(Reason.TARGET_FULL);
            return false;
        }
        monitor.success(
                MetricType.DISPATCHED,
                response.headers(),
                response.entityId(),
                "Another connection diverts it here.");
        return true;
    }

    /**
     * Not while it {@linkplain #close closes}: a buffer that is completed at that moment would say
     * that it has taken what never comes out of it.
     */
    private synchronized QueueOfferResult put(Delivery delivery) {
        return buffer.offer(delivery);
    }

    /** Takes nothing more; idempotent. */
    synchronized void close() {
        if (!buffer.isCompleted()) {
            buffer.complete();
        }
    }

    private Ledger.Entry account() {
        return context.monitor().totals().targets().take();
    }

    private void enqueue(Delivery delivery) {
        QueueOfferResult offered = put(delivery);
        if (offered == QueueOfferResult.dropped()) {
            tooMany(delivery);
        } else if (offered != QueueOfferResult.enqueued()) {
            String text = "Dropped, for the connection is being closed.";
            refused(delivery, Ending.of(Reason.CLOSED, text));
        }
    }

    private void tooMany(Delivery delivery) {
        String text = "Dropped, for too many signals wait for this target.";
        refused(delivery, Ending.of(Reason.TARGET_FULL, text));
    }

    private void refused(Delivery delivery, Ending ending) {
        delivery.account().end(ending.reason());
        dropped(delivery.signal(), ending.text());
        unmapped(delivery, ending, UNAVAILABLE);
        acknowledge(delivery, UNAVAILABLE);
    }

    private void unmapped(Delivery delivery, Ending ending, PublishResult result) {
        if (ending.reason().isDeadLetter() && !isSentAgain(delivery, result)) {
            deadLetters.offer(DeadLetter.unmapped(delivery.signal(), address, ending));
        }
    }

    /** Whoever asked for an acknowledgement and hears of a passing failure tries again. */
    private boolean isSentAgain(Delivery delivery, PublishResult result) {
        boolean passing = result.status() == 408 || result.status() >= 500;
        return passing && delivery.acknowledgements() != null && acks.issuesFor(delivery.signal());
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
        return mapping.map(acks.withOwnLabels(delivery.signal()))
                .thenApply(outcome -> {
                    outcome.lost().forEach(ending -> unmapped(delivery, ending, NOT_SENT));
                    return new Mapped(delivery, outcome);
                });
    }

    private CompletionStage<Done> publish(Mapped mapped) {
        Delivery delivery = mapped.delivery();
        if (mapped.messages().isEmpty()) {
            delivery.account().end(mapped.ending().reason());
            if (mapped.ending().reason() == Reason.MAPPED_TO_NOTHING) {
                // Its mapper does not want it, as a filter might not.
                delivery.takers().nothing(acks);
            } else {
                acknowledge(delivery, NOT_SENT);
            }
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        CompletionStage<PublishResult> worst = CompletableFuture.completedFuture(PublishResult.OK);
        boolean first = true;
        for (Outbound message : mapped.messages()) {
            CompletionStage<PublishResult> one =
                    outlet.publish(message).thenApply(result -> kept(delivery, message, result));
            worst =
                    first
                            ? one
                            : worst.thenCombine(one, (a, b) -> a.status() >= b.status() ? a : b);
            first = false;
        }
        return worst.thenApply(result -> {
            published(delivery, result, mapped.ending());
            return Done.getInstance();
        });
    }

    /** What the broker did not take becomes a dead letter. */
    private PublishResult kept(Delivery delivery, Outbound message, PublishResult result) {
        if (!AckCollection.isSuccess(result.status()) && !isSentAgain(delivery, result)) {
            deadLetters.offer(
                    DeadLetter.unpublished(message, delivery.signal(), notPublished(result)));
        }
        return result;
    }

    private static Ending notPublished(PublishResult result) {
        String text = "Not published: status " + result.status();
        return Ending.of(
                Reason.PUBLISHING_FAILED,
                result.value() == null ? text : text + ", " + result.value());
    }

    private void published(Delivery delivery, PublishResult result, Ending ofOthers) {
        Signal signal = delivery.signal();
        Ending ending = ofOthers;
        if (AckCollection.isSuccess(result.status())) {
            monitor.success(
                    MetricType.PUBLISHED, signal.headers(), signal.entityId(), "Published.");
        } else {
            ending = Ending.worse(ofOthers, notPublished(result));
            monitor.failure(
                    MetricType.PUBLISHED,
                    signal.headers(),
                    signal.entityId(),
                    notPublished(result).text());
        }
        delivery.account().end(ending.reason());
        boolean partLost =
                AckCollection.isSuccess(result.status())
                        && ofOthers.reason().outcome() == Outcome.FAILED;
        acknowledge(delivery, partLost ? NOT_SENT : result);
    }

    private void acknowledge(Delivery delivery, PublishResult result) {
        acks.issue(delivery.signal(), delivery.acknowledgements(), result);
    }

    private void dropped(Signal signal, String why) {
        monitor.failure(MetricType.DROPPED, signal.headers(), signal.entityId(), why);
    }
}
