package org.patchbay.gateway.websocket.session;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.acknowledgement.AckCollection;
import org.patchbay.cluster.acknowledgement.Acknowledgements;
import org.patchbay.cluster.acknowledgement.Expectations;
import org.patchbay.cluster.twins.Twins;
import org.patchbay.gateway.http.Refusals;
import org.patchbay.gateway.websocket.message.Incoming;
import org.patchbay.gateway.websocket.message.Received;
import org.patchbay.protocol.AuthorizationContext;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.Problems;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.header.HeaderDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what a client asks for to things and policies, in the order in which it came. */
final class Requests {

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    /** For what the sender does not wait for. */
    private static final Duration UNHURRIED = Duration.ofSeconds(10);

    /**
     * A request under way.
     *
     * @param asked completes, and never fails, when the twin has answered
     * @param answer what the client is told; nothing where it wants or is owed nothing
     */
    record Sent(CompletionStage<?> asked, CompletionStage<Optional<Signal>> answer) {}

    private final Function<Duration, Twins> twins;
    private final Function<Acknowledgements.Order, ActorRef<Object>> aggregators;
    private final String origin;

    /**
     * @param twins by how long they have to answer
     * @param aggregators starts who collects acknowledgements
     * @param origin what is caused is not echoed to
     */
    Requests(
            Function<Duration, Twins> twins,
            Function<Acknowledgements.Order, ActorRef<Object>> aggregators,
            String origin) {
        this.twins = twins;
        this.aggregators = aggregators;
        this.origin = origin;
    }

    /** Whether more than the twin's answer is waited for. */
    static boolean waits(Received.Request request) {
        return !answersSomething(request.signal()) && request.expects().needsAcknowledgements();
    }

    Sent send(Received.Request request, AuthorizationContext by) {
        Signal signal = request.signal();
        Expectations expects = request.expects();
        if (!waits(request)) {
            CompletionStage<Optional<Signal>> answer =
                    ask(signal, by, null, expects).thenApply(it -> answer(request, it));
            return new Sent(answer, answer);
        }
        CompletableFuture<AckCollection> result = new CompletableFuture<>();
        ActorRef<Object> aggregator =
                aggregators.apply(
                        new Acknowledgements.Order(
                                AckCollection.of(signal, expects.requestedAcks()),
                                expects.timeout(),
                                result));
        CompletionStage<Signal> asked = ask(signal, by, aggregator.narrow(), expects);
        return new Sent(
                asked,
                asked.thenCompose(answer -> {
                    if (answer.isError()) {
                        aggregator.tell(new Acknowledgements.Cancel());
                        return CompletableFuture.completedFuture(
                                Optional.of(withPendingLabels(expects, answer)));
                    }
                    if (answer.topic().channel() == Channel.TWIN) {
                        aggregator.tell(answer);
                    }
                    return result.thenApply(all -> Optional.of(all.answer()));
                }));
    }

    private static boolean answersSomething(Signal signal) {
        return signal.isResponse() || signal.topic().criterion() == Criterion.ACKS;
    }

    /** Never fails: what goes wrong is an error to tell. */
    private CompletionStage<Signal> ask(
            Signal signal,
            AuthorizationContext by,
            @Nullable ActorRef<Signal> acknowledgements,
            Expectations expects) {
        Duration timeout = expects.timeout().isZero() ? UNHURRIED : expects.timeout();
        return twins.apply(timeout)
                .ask(new SignalRequest(signal, by, origin, acknowledgements))
                .exceptionally(
                        failure -> Incoming.failed(signal, problem(signal, timeout, failure)));
    }

    /**
     * An answer that nobody waited for is told to nobody. What was published on the live channel is
     * answered by who gets it, not by the twin, which can only refuse.
     */
    private static Optional<Signal> answer(Received.Request request, Signal answer) {
        Signal signal = request.signal();
        if (answersSomething(signal)) {
            if (answer.isError()) {
                LOG.atDebug()
                        .addKeyValue("correlation-id", signal.headers().correlationId())
                        .addKeyValue("thing", signal.entityId())
                        .log("Nobody waits for this answer.");
            }
            return Optional.empty();
        }
        boolean told = answer.isError() || signal.topic().channel() != Channel.LIVE;
        boolean wanted =
                request.expects().responseRequired()
                        || answer.isError() && signal.topic().criterion() == Criterion.EVENTS;
        return told && wanted ? Optional.of(answer) : Optional.empty();
    }

    /** An error tells which acknowledgements will not come either. */
    private static Signal withPendingLabels(Expectations expects, Signal error) {
        ArrayNode labels = JsonNodeFactory.instance.arrayNode();
        expects.requestedAcks().stream()
                .filter(label -> !label.equals(Expectations.TWIN_PERSISTED))
                .filter(label -> !label.equals(Expectations.LIVE_RESPONSE))
                .forEach(labels::add);
        return error.with(error.headers().with(HeaderDefinition.REQUESTED_ACKS, labels.toString()));
    }

    private static Problem problem(Signal signal, Duration timeout, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return switch (cause) {
            case TimeoutException _ -> Refusals.commandTimeout(timeout);
            case ProblemException e -> e.problem();
            default -> {
                String correlationId = String.valueOf(signal.headers().correlationId());
                LOG.atError()
                        .setCause(cause)
                        .addKeyValue("correlation-id", correlationId)
                        .addKeyValue("topic", signal.topic())
                        .log("A signal from a WebSocket could not be sent.");
                yield Problems.internal(correlationId);
            }
        };
    }
}
