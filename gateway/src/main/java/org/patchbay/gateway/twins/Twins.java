package org.patchbay.gateway.twins;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.gateway.http.Answers;
import org.patchbay.gateway.http.Exchange;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.gateway.http.Waiting;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.HeaderDefinition;

/** Sends signals to things and policies and waits for what the sender of the request is owed. */
public final class Twins {

    private final ActorSystem<?> system;
    private final ActorRef<SpawnProtocol.Command> collectors;

    /**
     * @param collectors starts who collects acknowledgements and live responses
     */
    public Twins(ActorSystem<?> system, ActorRef<SpawnProtocol.Command> collectors) {
        this.system = system;
        this.collectors = collectors;
    }

    /**
     * Sends a signal and answers the request.
     *
     * @param location where a created document is found
     */
    CompletionStage<HttpResponse> send(
            Exchange exchange, Signal signal, Waiting waiting, String location) {
        Set<String> requested =
                AckLabels.parse(signal.headers().get(HeaderDefinition.REQUESTED_ACKS));
        if (!waiting.answered()) {
            if (!requested.isEmpty() && wasTimeoutZero(exchange)) {
                throw Problems.headerInvalid(
                                HeaderDefinition.TIMEOUT,
                                "zero leaves no time for the requested acknowledgements")
                        .asException();
            }
            Set<String> awaited = AckLabels.applicable(signal, requested);
            awaited.remove(AckLabels.LIVE_RESPONSE);
            return awaited.isEmpty()
                    ? accepted(exchange, signal, waiting)
                    : acknowledged(exchange, signal, awaited, waiting);
        }
        Set<String> expected = expected(signal, requested);
        if (expected.equals(Set.of(AckLabels.TWIN_PERSISTED))) {
            return ask(exchange, signal, null, waiting.timeout())
                    .thenApply(answer -> SignalAnswers.of(exchange, answer, location));
        }
        return collect(exchange, signal, expected, waiting.timeout(), location);
    }

    /** Asks the twin alone; no answer in time is a problem. */
    CompletionStage<Signal> ask(
            Exchange exchange,
            Signal signal,
            @Nullable ActorRef<Signal> acknowledgements,
            Duration timeout) {
        EntityKind kind =
                signal.topic().group() == Group.POLICIES ? EntityKind.POLICY : EntityKind.THING;
        SignalRequest request =
                new SignalRequest(
                        signal, exchange.identity().authorization(), null, acknowledgements);
        return Shards.of(system)
                .ask(kind, signal.entityId(), request, Signal.class, timeout)
                .exceptionally(failure -> {
                    Throwable cause =
                            failure instanceof CompletionException ? failure.getCause() : failure;
                    throw cause instanceof TimeoutException
                            ? Refusals.commandTimeout(timeout).asException()
                            : new CompletionException(cause);
                });
    }

    /**
     * The request is answered without waiting for the twin. A live message is the exception:
     * whether it may be sent is known at once, and its sender learns no other way.
     */
    private CompletionStage<HttpResponse> accepted(
            Exchange exchange, Signal signal, Waiting waiting) {
        CompletionStage<Signal> answer = ask(exchange, signal, null, waiting.timeout());
        return signal.topic().channel() == Channel.LIVE
                ? answer.thenApply(it ->
                        it.isError() ? SignalAnswers.of(exchange, it, "") : Answers.empty(202))
                : CompletableFuture.completedFuture(Answers.empty(202));
    }

    /**
     * The request is answered when the acknowledgements have come; what they say only where they
     * are none that its sender could have wished for.
     */
    private CompletionStage<HttpResponse> acknowledged(
            Exchange exchange, Signal signal, Set<String> awaited, Waiting waiting) {
        CompletionStage<HttpResponse> answer =
                awaited.equals(Set.of(AckLabels.TWIN_PERSISTED))
                        ? ask(exchange, signal, null, waiting.timeout())
                                .thenApply(it -> SignalAnswers.of(exchange, it, ""))
                        : collect(exchange, signal, awaited, waiting.timeout(), "");
        return answer.thenApply(it -> it.status().isSuccess() ? Answers.empty(202) : it);
    }

    private static boolean wasTimeoutZero(Exchange exchange) {
        String timeout = exchange.parameterOrHeader(HeaderDefinition.TIMEOUT);
        return timeout != null && Waiting.parse(timeout).isZero();
    }

    private static Set<String> expected(Signal signal, Set<String> requested) {
        Set<String> expected = AckLabels.applicable(signal, requested);
        if (signal.topic().channel() == Channel.LIVE) {
            expected.add(AckLabels.LIVE_RESPONSE);
        } else if (expected.isEmpty()) {
            expected.add(AckLabels.TWIN_PERSISTED);
        }
        return expected;
    }

    private CompletionStage<HttpResponse> collect(
            Exchange exchange,
            Signal signal,
            Set<String> expected,
            Duration timeout,
            String location) {
        CompletableFuture<Map<String, Signal>> collected = new CompletableFuture<>();
        CompletionStage<ActorRef<Signal>> collector =
                AskPattern.ask(
                        collectors,
                        replyTo ->
                                new SpawnProtocol.Spawn<>(
                                        ReplyCollector.create(expected, timeout, collected),
                                        "",
                                        Props.empty(),
                                        replyTo),
                        timeout,
                        system.scheduler());
        return collector.thenCompose(ref ->
                ask(exchange, signal, ref, timeout)
                        .thenCompose(answer -> {
                            if (answer.isError()) {
                                collected.complete(Map.of());
                                return CompletableFuture.completedFuture(
                                        SignalAnswers.of(exchange, answer, location));
                            }
                            if (signal.topic().channel() != Channel.LIVE) {
                                ref.tell(answer);
                            }
                            return collected.thenApply(replies ->
                                    SignalAnswers.of(
                                            exchange, expected, replies, timeout, location));
                        }));
    }
}
