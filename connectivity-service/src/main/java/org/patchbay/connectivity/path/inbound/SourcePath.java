package org.patchbay.connectivity.path.inbound;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.monitoring.PathTotals;
import org.patchbay.connectivity.path.MapperChain;
import org.patchbay.connectivity.path.MapperRunner;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.Throttling;
import org.patchbay.connectivity.path.diversion.Diversion;
import org.patchbay.connectivity.path.inbound.Dispatcher.Verdict;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.protocol.HeaderDefinition;
import org.patchbay.protocol.Headers;
import org.patchbay.protocol.MediaType;
import org.patchbay.protocol.Signal;

/** The way of one source's messages: map, enforce, map headers, authorise, dispatch, settle. */
final class SourcePath {

    /** A message with what is to be done for it. */
    record Prepared(Inbound inbound, List<Step> steps, Monitor monitor, MapperRunner mappers) {}

    private final PathContext context;
    private final SourceAddresses addresses;
    private final InboundStages stages;
    private final List<MapperRunner> runners;
    private final MapperRunner plain;
    private final Replies replies;
    private final BooleanSupplier stopped;
    private final boolean redelivers;
    private final @Nullable Throttle throttle;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param index which of the connection's sources it is
     */
    SourcePath(PathContext context, int index, BooleanSupplier stopped, boolean redelivers) {
        Source source = context.connection().sources().get(index);
        this.context = context;
        this.addresses = SourceAddresses.of(source.addresses(), context.monitor());
        this.stages = new InboundStages(context.connection().id(), source, context.ownAcks());
        this.runners = runners(context, source.payloadMapping());
        this.plain = MapperRunner.of(context, List.of());
        Integer qos = source.qos() == null ? null : (Integer) 0;
        Diversion diversion = new Diversion(context, index);
        this.replies = new Replies(context, source.replyTarget(), qos, diversion);
        Throttling throttling = context.settings().throttling().get(context.connection().type());
        this.throttle = throttling == null ? null : new Throttle(throttling, System.nanoTime());
        this.stopped = stopped;
        this.redelivers = redelivers;
    }

    /** How many messages may be mapped side by side. */
    int mappers() {
        return runners.size();
    }

    /** Whether the messages of this source are slowed down. */
    boolean throttles() {
        return throttle != null;
    }

    /** Completes when it is the message's turn. */
    CompletionStage<Inbound> await(Inbound inbound) {
        Duration pause = throttle == null ? Duration.ZERO : throttle.place(System.nanoTime());
        if (pause.isZero()) {
            return CompletableFuture.completedFuture(inbound);
        }
        addresses
                .monitor(inbound.address())
                .success(
                        MetricType.THROTTLED,
                        inbound.headers(),
                        null,
                        "Waits, for the source is limited.");
        return context.after(pause, () -> CompletableFuture.completedFuture(inbound));
    }

    CompletionStage<Prepared> prepare(Inbound inbound) {
        Monitor monitor = addresses.monitor(inbound.address());
        totals().consumed();
        monitor.success(MetricType.CONSUMED, inbound.headers(), null, "Consumed a message.");
        int next = Math.floorMod(turn.getAndIncrement(), runners.size());
        MapperRunner runner = runners.get(next);
        ExternalMessage message = external(inbound);
        return runner.run(chain -> chain.inbound(message))
                .thenApply(mapped -> steps(inbound, mapped, monitor))
                .exceptionally(e -> List.of(unexpectedly(inbound, monitor, e)))
                .thenApply(steps -> new Prepared(inbound, steps, monitor, runner));
    }

    /** One message that nobody foresaw must not end the stream of all others. */
    private Step unexpectedly(Inbound inbound, Monitor monitor, Throwable e) {
        monitor.failure(MetricType.MAPPED, inbound.headers(), null, "Not mapped: " + e);
        return stages.unforeseen(inbound);
    }

    private List<Step> steps(
            Inbound inbound, List<MapperChain.Mapped<Signal>> mapped, Monitor monitor) {
        return mapped.stream().map(one -> stages.next(inbound, one, monitor)).toList();
    }

    /** Completes when the message is settled; never fails. */
    CompletionStage<Verdict> dispatch(Prepared prepared) {
        Monitor monitor = prepared.monitor();
        if (prepared.steps().isEmpty()) {
            monitor.success(
                    MetricType.DROPPED,
                    prepared.inbound().headers(),
                    null,
                    "Dropped, for its mapping has no result.");
            prepared.inbound().settlement().accept();
            totals().dropped();
            return CompletableFuture.completedFuture(Verdict.REFUSED);
        }
        Dispatcher dispatcher = new Dispatcher(context, replies, monitor, stopped);
        CompletionStage<Verdict> worst = CompletableFuture.completedFuture(Verdict.DISPATCHED);
        for (Step step : prepared.steps()) {
            CompletionStage<Verdict> one = perform(step, prepared, dispatcher);
            worst = worst.thenCombine(one, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        return worst.exceptionally(e -> unexpected(e, prepared))
                .thenApply(verdict -> settle(verdict, prepared))
                .thenCompose(this::whenRepliesHaveRoom);
    }

    /** The place among those under way is kept, so that answers do not pile up. */
    private CompletionStage<Verdict> whenRepliesHaveRoom(Verdict verdict) {
        return context.replies().room().thenApply(_ -> verdict);
    }

    private CompletionStage<Verdict> perform(Step step, Prepared prepared, Dispatcher dispatcher) {
        return switch (step) {
            case Step.Send send -> dispatcher.send(send, prepared.mappers());
            case Step.Refuse(var error) -> refuse(error, prepared, prepared.mappers());
            case Step.Unreadable(var error) -> refuse(error, prepared, plain);
            case Step.Ignore(var signal, var why) -> {
                prepared.monitor()
                        .failure(MetricType.DROPPED, signal.headers(), signal.entityId(), why);
                yield CompletableFuture.completedFuture(Verdict.REFUSED);
            }
        };
    }

    private CompletionStage<Verdict> refuse(Signal error, Prepared prepared, MapperRunner mappers) {
        Headers command = Diversion.asked(error.headers(), prepared.inbound().headers());
        return replies.send(Replies.Type.ERROR, error, command, mappers)
                .thenApply(_ -> Verdict.REFUSED);
    }

    private static Verdict unexpected(Throwable failure, Prepared prepared) {
        prepared.monitor()
                .failure(
                        MetricType.OTHER,
                        prepared.inbound().headers(),
                        null,
                        "Could not be handled: " + failure.getMessage());
        return Verdict.GIVEN_UP;
    }

    private Verdict settle(Verdict verdict, Prepared prepared) {
        Inbound.Settlement settlement = prepared.inbound().settlement();
        switch (verdict) {
            case DISPATCHED -> {
                settlement.accept();
                totals().dispatched();
                acknowledged(prepared, "Acknowledged the message.");
            }
            case REFUSED -> {
                settlement.accept();
                totals().failed();
                acknowledged(prepared, "Acknowledged the message, which will never be accepted.");
            }
            case GIVEN_UP -> giveUp(settlement, prepared);
        }
        return verdict;
    }

    /** A broker that would not send it again would only hold back what comes behind it. */
    private void giveUp(Inbound.Settlement settlement, Prepared prepared) {
        totals().failed();
        if (redelivers || stopped.getAsBoolean()) {
            settlement.redeliver();
            return;
        }
        settlement.accept();
        prepared.monitor()
                .failure(
                        MetricType.DROPPED,
                        prepared.inbound().headers(),
                        null,
                        "Lost: it could not be handled, and the broker does not send it again.");
    }

    private static void acknowledged(Prepared prepared, String text) {
        prepared.monitor()
                .success(MetricType.ACKNOWLEDGED, prepared.inbound().headers(), null, text);
    }

    private PathTotals totals() {
        return context.monitor().totals();
    }

    /** More of them than there are threads would only take memory. */
    private static List<MapperRunner> runners(PathContext context, List<String> names) {
        int wanted = Math.max(1, context.connection().processorPoolSize());
        int size = Math.min(wanted, context.scripts().threads());
        if (size < wanted) {
            context.monitor()
                    .connection()
                    .failure(
                            MetricType.OTHER,
                            Headers.EMPTY,
                            null,
                            ("The processorPoolSize %d counts as %d, which is how many messages a"
                                            + " node maps side by side.")
                                    .formatted(wanted, size));
        }
        return IntStream.range(0, size).mapToObj(_ -> MapperRunner.of(context, names)).toList();
    }

    private ExternalMessage external(Inbound inbound) {
        ByteBuffer bytes = inbound.payload();
        MediaType type = MediaType.of(inbound.headers().get(HeaderDefinition.CONTENT_TYPE));
        String text = type.charset().decode(bytes.duplicate()).toString();
        return new ExternalMessage(inbound.headers(), text, bytes, stages.subject(inbound));
    }
}
