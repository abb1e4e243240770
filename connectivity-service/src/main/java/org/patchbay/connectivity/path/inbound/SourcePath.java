package org.patchbay.connectivity.path.inbound;

import java.time.Duration;
import java.util.ArrayList;
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
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.path.MapperChain;
import org.patchbay.connectivity.path.MapperRunner;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.Throttling;
import org.patchbay.connectivity.path.deadletter.DeadLetters;
import org.patchbay.connectivity.path.diversion.Diversion;
import org.patchbay.connectivity.transport.Inbound;
import org.patchbay.mapper.ExternalMessage;
import org.patchbay.protocol.MediaType;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.header.HeaderDefinition;
import org.patchbay.protocol.header.Headers;

/** The way of one source's messages: map, enforce, map headers, authorise, dispatch, settle. */
final class SourcePath {

    /** A message with what is to be done for it. */
    record Prepared(Arrival arrival, List<Step> steps, MapperRunner mappers) {}

    /** How one of a message's signals ended. */
    private record End(Ending ending, @Nullable Signal signal) {

        static End worse(End one, End other) {
            return Ending.worse(one.ending(), other.ending()) == one.ending() ? one : other;
        }
    }

    private static final End NOTHING_DONE = new End(Ending.DONE, null);

    private final PathContext context;
    private final SourceAddresses addresses;
    private final InboundStages stages;
    private final List<MapperRunner> runners;
    private final MapperRunner plain;
    private final Replies replies;
    private final BooleanSupplier stopped;
    private final @Nullable Throttle throttle;
    private final Settling settling;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param index which of the connection's sources it is
     */
    SourcePath(PathContext context, int index, BooleanSupplier stopped) {
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
        this.settling = new Settling(new DeadLetters(context), stopped);
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
    CompletionStage<Arrival> await(Arrival arrival) {
        Duration pause = throttle == null ? Duration.ZERO : throttle.place(System.nanoTime());
        if (pause.isZero()) {
            return CompletableFuture.completedFuture(arrival);
        }
        arrival.monitor()
                .success(
                        MetricType.THROTTLED,
                        arrival.inbound().headers(),
                        null,
                        "Waits, for the source is limited.");
        return context.after(pause, () -> CompletableFuture.completedFuture(arrival));
    }

    /** Opens the account of a message; whoever calls it sees to an end of the message. */
    Arrival take(Inbound inbound) {
        Monitor monitor = addresses.monitor(inbound.address());
        monitor.success(MetricType.CONSUMED, inbound.headers(), null, "Consumed a message.");
        return new Arrival(inbound, context.monitor().totals().sources().take(), monitor);
    }

    /** Never fails. */
    CompletionStage<Prepared> prepare(Arrival arrival) {
        int next = Math.floorMod(turn.getAndIncrement(), runners.size());
        MapperRunner runner = runners.get(next);
        return mapped(arrival.inbound(), runner)
                .thenApply(mapped -> steps(arrival, mapped))
                .exceptionally(e -> List.of(unexpectedly(arrival, e)))
                .thenApply(steps -> new Prepared(arrival, steps, runner));
    }

    private CompletionStage<List<MapperChain.Mapped<Signal>>> mapped(
            Inbound inbound, MapperRunner runner) {
        try {
            ExternalMessage message = external(inbound);
            return runner.run(chain -> chain.inbound(message));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** One message that nobody foresaw must not end the stream of all others. */
    private Step unexpectedly(Arrival arrival, Throwable e) {
        Headers headers = arrival.inbound().headers();
        arrival.monitor().failure(MetricType.MAPPED, headers, null, "Not mapped: " + e);
        return stages.unforeseen(arrival.inbound(), e);
    }

    private List<Step> steps(Arrival arrival, List<MapperChain.Mapped<Signal>> mapped) {
        List<Step> steps = new ArrayList<>(mapped.size());
        for (MapperChain.Mapped<Signal> one : mapped) {
            steps.add(stages.next(arrival.inbound(), one, arrival.monitor()));
        }
        return steps;
    }

    /** Completes when the message is settled; never fails. */
    CompletionStage<Ending> dispatch(Prepared prepared) {
        Arrival arrival = prepared.arrival();
        if (prepared.steps().isEmpty()) {
            String text = "Dropped, for its mapping has no result.";
            arrival.monitor().success(MetricType.DROPPED, arrival.inbound().headers(), null, text);
            return settling.end(arrival, Ending.of(Reason.MAPPED_TO_NOTHING, text), null);
        }
        Dispatcher dispatcher = new Dispatcher(context, replies, arrival.monitor(), stopped);
        CompletionStage<End> worst = CompletableFuture.completedFuture(NOTHING_DONE);
        for (Step step : prepared.steps()) {
            worst = worst.thenCombine(performed(step, prepared, dispatcher), End::worse);
        }
        return worst.thenCompose(end -> settling.end(arrival, end.ending(), end.signal()))
                .thenCompose(this::whenRepliesHaveRoom);
    }

    /** The place among those under way is kept, so that answers do not pile up. */
    private CompletionStage<Ending> whenRepliesHaveRoom(Ending ending) {
        return context.replies().room().thenApply(_ -> ending);
    }

    /** The link has ended before the message's turn came. */
    void leave(Arrival arrival) {
        String text = "The link ended before the message was handled.";
        Headers headers = arrival.inbound().headers();
        arrival.monitor().failure(MetricType.ACKNOWLEDGED, headers, null, text);
        settling.end(arrival, Ending.of(Reason.LINK_ENDED, text), null);
    }

    private CompletionStage<End> performed(Step step, Prepared prepared, Dispatcher dispatcher) {
        CompletionStage<Ending> ending;
        try {
            ending = perform(step, prepared, dispatcher);
        } catch (RuntimeException e) {
            ending = CompletableFuture.failedFuture(e);
        }
        return ending.exceptionally(e -> unexpected(e, prepared.arrival()))
                .thenApply(known -> new End(known, step.about()));
    }

    private CompletionStage<Ending> perform(Step step, Prepared prepared, Dispatcher dispatcher) {
        return switch (step) {
            case Step.Send send -> dispatcher.send(send, prepared.mappers());
            case Step.Refuse(var error, var ending) ->
                    refuse(error, ending, prepared, prepared.mappers());
            case Step.Unreadable(var error, var ending) -> refuse(error, ending, prepared, plain);
            case Step.Ignore(var signal, var ending) -> {
                prepared.arrival()
                        .monitor()
                        .failure(
                                MetricType.DROPPED,
                                signal.headers(),
                                signal.entityId(),
                                ending.text());
                yield CompletableFuture.completedFuture(ending);
            }
        };
    }

    private CompletionStage<Ending> refuse(
            Signal error, Ending ending, Prepared prepared, MapperRunner mappers) {
        Headers received = prepared.arrival().inbound().headers();
        Headers command = Diversion.asked(error.headers(), received);
        return replies.send(Replies.Type.ERROR, error, command, mappers).thenApply(_ -> ending);
    }

    private static Ending unexpected(Throwable failure, Arrival arrival) {
        String text = "Could not be handled: " + failure.getMessage();
        arrival.monitor().failure(MetricType.OTHER, arrival.inbound().headers(), null, text);
        return Ending.of(Reason.GIVEN_UP, text);
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
        // A view of its own, for a mapper reads on where the last one ended.
        var bytes = inbound.payload().asReadOnlyBuffer();
        MediaType type = MediaType.of(inbound.headers().get(HeaderDefinition.CONTENT_TYPE));
        return new ExternalMessage(
                inbound.headers(), type.text(bytes), bytes, stages.subject(inbound));
    }
}
