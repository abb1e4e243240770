package org.patchbay.gateway.twins;

import java.time.Duration;
import java.util.LinkedHashSet;
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
import org.patchbay.protocol.HeaderDefinition;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Group;

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
            return accepted(exchange, signal, waiting);
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

    private static boolean wasTimeoutZero(Exchange exchange) {
        String timeout = exchange.parameterOrHeader(HeaderDefinition.TIMEOUT);
        return timeout != null && Waiting.parse(timeout).isZero();
    }

    private static Set<String> expected(Signal signal, Set<String> requested) {
        Set<String> expected = new LinkedHashSet<>(requested);
        if (signal.topic().channel() == Channel.LIVE) {
            expected.add(AckLabels.LIVE_RESPONSE);
            expected.remove(AckLabels.TWIN_PERSISTED);
        } else {
            expected.remove(AckLabels.LIVE_RESPONSE);
            if (expected.isEmpty()) {
                expected.add(AckLabels.TWIN_PERSISTED);
            }
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
