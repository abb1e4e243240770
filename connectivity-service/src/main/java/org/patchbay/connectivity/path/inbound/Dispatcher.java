package org.patchbay.connectivity.path.inbound;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.acknowledgement.AckCollection;
import org.patchbay.cluster.acknowledgement.Acknowledgements;
import org.patchbay.cluster.acknowledgement.Expectations;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.path.MapperRunner;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.diversion.Diversion;
import org.patchbay.protocol.HeaderDefinition;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;

/**
 * Sends signals to their entities and says what became of them. Signals of one entity go one after
 * the other, different entities side by side. What can't be handled now is tried again in place, so
 * that nothing overtakes it, until the budget for that is spent.
 */
final class Dispatcher {

    /** What became of a signal, which decides what the broker is told. */
    enum Verdict {
        /** It reached its entity. */
        DISPATCHED,
        /** It will never be accepted, however often it comes. */
        REFUSED,
        /** It could not be handled in time. */
        GIVEN_UP
    }

    /** What is left to do for a signal when the next one of its entity may go. */
    private record Rest(CompletionStage<Verdict> verdict) {
        static Rest of(Verdict verdict) {
            return new Rest(CompletableFuture.completedFuture(verdict));
        }
    }

    /**
     * One try: the answer, or why there is none; and the acknowledgements if there are to be any.
     */
    private record Attempt(
            @Nullable Signal answer,
            @Nullable Throwable failure,
            @Nullable CompletionStage<AckCollection> acknowledgements) {}

    private final PathContext context;
    private final Replies replies;
    private final Monitor monitor;
    private final BooleanSupplier stopped;

    /**
     * @param stopped whether the link is gone, so that trying again is in vain
     */
    Dispatcher(PathContext context, Replies replies, Monitor monitor, BooleanSupplier stopped) {
        this.context = context;
        this.replies = replies;
        this.monitor = monitor;
        this.stopped = stopped;
    }

    CompletionStage<Verdict> send(Step.Send step, MapperRunner mappers) {
        Signal signal = step.signal();
        if (answersSomething(signal)) {
            // An answer must not wait for what it answers.
            return once(step).thenApply(attempt -> verdictOfAnswer(step, attempt));
        }
        Instant deadline = Instant.now().plus(context.settings().retry().budget());
        return context.lanes()
                .run(signal.entityId(), () -> untilDone(step, mappers, 1, deadline))
                .thenCompose(Rest::verdict);
    }

    private static boolean answersSomething(Signal signal) {
        return signal.isResponse() || signal.topic().criterion() == Criterion.ACKS;
    }

    private Verdict verdictOfAnswer(Step.Send step, Attempt attempt) {
        if (attempt.answer() != null && !attempt.answer().isError()) {
            return Verdict.DISPATCHED;
        }
        monitor.failure(
                MetricType.DROPPED,
                step.signal().headers(),
                step.signal().entityId(),
                "Nobody waits for this answer.");
        return Verdict.REFUSED;
    }

    private CompletionStage<Rest> untilDone(
            Step.Send step, MapperRunner mappers, int tries, Instant deadline) {
        return once(step)
                .thenCompose(attempt -> {
                    if (transientFailure(attempt)) {
                        return again(step, mappers, tries, deadline, reason(attempt));
                    }
                    return answered(step, mappers, tries, deadline, attempt);
                });
    }

    private CompletionStage<Rest> answered(
            Step.Send step, MapperRunner mappers, int tries, Instant deadline, Attempt attempt) {
        Signal answer = java.util.Objects.requireNonNull(attempt.answer());
        CompletionStage<AckCollection> acknowledgements = attempt.acknowledgements();
        if (answer.isError() || acknowledgements == null) {
            return CompletableFuture.completedFuture(new Rest(finish(step, mappers, answer)));
        }
        if (!step.sourceAsks()) {
            return CompletableFuture.completedFuture(
                    new Rest(acknowledgements.thenCompose(all -> finish(step, mappers, all))));
        }
        return acknowledgements.thenCompose(all ->
                all.worthAnotherTry()
                        ? again(step, mappers, tries, deadline, "acknowledgements failed")
                        : CompletableFuture.completedFuture(new Rest(finish(step, mappers, all))));
    }

    private CompletionStage<Rest> again(
            Step.Send step, MapperRunner mappers, int tries, Instant deadline, String reason) {
        Signal signal = step.signal();
        Duration pause = context.settings().retry().pause(tries);
        if (stopped.getAsBoolean() || Instant.now().plus(pause).isAfter(deadline)) {
            monitor.failure(
                    MetricType.ACKNOWLEDGED,
                    signal.headers(),
                    signal.entityId(),
                    "Given up after " + tries + " tries: " + reason);
            return CompletableFuture.completedFuture(Rest.of(Verdict.GIVEN_UP));
        }
        return context.after(pause, () -> untilDone(step, mappers, tries + 1, deadline));
    }

    private CompletionStage<Attempt> once(Step.Send step) {
        if (answersSomething(step.signal()) || !step.expects().needsAcknowledgements()) {
            return ask(step, null).thenApply(attempt -> attempt);
        }
        CompletableFuture<AckCollection> result = new CompletableFuture<>();
        AckCollection wanted = AckCollection.of(step.signal(), step.expects().requestedAcks());
        var order = new Acknowledgements.Order(wanted, step.expects().timeout(), result);
        return context.aggregators()
                .apply(order)
                .thenCompose(aggregator -> ask(step, aggregator, result));
    }

    private CompletionStage<Attempt> ask(
            Step.Send step, ActorRef<Object> aggregator, CompletionStage<AckCollection> result) {
        return ask(step, aggregator.narrow())
                .thenApply(attempt -> {
                    Signal answer = attempt.answer();
                    if (answer == null || answer.isError()) {
                        aggregator.tell(new Acknowledgements.Cancel());
                    } else if (answer.topic().channel() == Channel.TWIN) {
                        aggregator.tell(answer);
                    }
                    return new Attempt(answer, attempt.failure(), result);
                });
    }

    private CompletionStage<Attempt> ask(
            Step.Send step, @Nullable ActorRef<Signal> acknowledgements) {
        String origin = context.connection().id();
        Signal signal = Diversion.hidden(step.signal());
        var request = new SignalRequest(signal, step.by(), origin, acknowledgements);
        return context.twins()
                .ask(request)
                .handle((answer, failure) -> new Attempt(answer, failure, null));
    }

    /** Whether another try may mend it: no answer, or one that says so. */
    private static boolean transientFailure(Attempt attempt) {
        Signal answer = attempt.answer();
        if (answer == null) {
            return true;
        }
        Integer status = answer.status();
        return answer.isError()
                && status != null
                && (status >= 500 || status == 408 || status == 429);
    }

    private static String reason(Attempt attempt) {
        return attempt.failure() != null
                ? String.valueOf(attempt.failure().getMessage())
                : "the entity is not available";
    }

    /** Completes when the answer is on its way. */
    private CompletionStage<Verdict> finish(Step.Send step, MapperRunner mappers, Signal answer) {
        boolean refused = answer.isError();
        if (refused) {
            monitor.failure(
                    MetricType.DROPPED,
                    answer.headers(),
                    answer.entityId(),
                    "Refused: " + answer.value());
        }
        boolean answers = refused || step.signal().topic().channel() != Channel.LIVE;
        Verdict verdict = refused ? Verdict.REFUSED : Verdict.DISPATCHED;
        if (!step.expects().responseRequired() || !answers) {
            return CompletableFuture.completedFuture(verdict);
        }
        Replies.Type type = refused ? Replies.Type.ERROR : Replies.Type.RESPONSE;
        Signal reply = refused ? withPendingLabels(step, answer) : answer;
        return replies.send(type, reply, step.signal().headers(), mappers).thenApply(_ -> verdict);
    }

    /** An error tells which acknowledgements will not come either. */
    private static Signal withPendingLabels(Step.Send step, Signal error) {
        if (!step.expects().needsAcknowledgements()) {
            return error;
        }
        var labels = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        step.expects().requestedAcks().stream()
                .filter(label -> !label.equals(Expectations.TWIN_PERSISTED))
                .filter(label -> !label.equals(Expectations.LIVE_RESPONSE))
                .forEach(labels::add);
        return error.with(error.headers().with(HeaderDefinition.REQUESTED_ACKS, labels.toString()));
    }

    private CompletionStage<Verdict> finish(
            Step.Send step, MapperRunner mappers, AckCollection all) {
        if (!step.expects().responseRequired()) {
            return CompletableFuture.completedFuture(Verdict.DISPATCHED);
        }
        Signal answer = all.answer();
        return replies.send(type(all, answer), answer, step.signal().headers(), mappers)
                .thenApply(_ -> Verdict.DISPATCHED);
    }

    private static Replies.Type type(AckCollection all, Signal answer) {
        if (answer.isError()) {
            return Replies.Type.ERROR;
        }
        return AckCollection.isSuccess(all.status()) || answer.topic().criterion() != Criterion.ACKS
                ? Replies.Type.RESPONSE
                : Replies.Type.NACK;
    }
}
