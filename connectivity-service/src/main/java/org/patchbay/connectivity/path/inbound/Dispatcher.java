package org.patchbay.connectivity.path.inbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
import org.patchbay.connectivity.path.Windows;
import org.patchbay.connectivity.path.diversion.Diversion;
import org.patchbay.protocol.HeaderDefinition;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;

/**
 * Sends signals to their entities, in {@link Windows}, and says what became of them. What can't be
 * handled now is tried again in place, so that nothing overtakes it, until the budget for that is
 * spent.
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

    private static final CompletionStage<Optional<Duration>> DONE =
            CompletableFuture.completedStage(Optional.empty());

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
            return context.twins()
                    .ask(request(step, null))
                    .handle((answer, _) -> verdictOfAnswer(step, answer));
        }
        Sending sending = new Sending(step, mappers);
        context.windows().send(sending);
        return sending.verdict;
    }

    private static boolean answersSomething(Signal signal) {
        return signal.isResponse() || signal.topic().criterion() == Criterion.ACKS;
    }

    private Verdict verdictOfAnswer(Step.Send step, @Nullable Signal answer) {
        if (answer != null && !answer.isError()) {
            return Verdict.DISPATCHED;
        }
        monitor.failure(
                MetricType.DROPPED,
                step.signal().headers(),
                step.signal().entityId(),
                "Nobody waits for this answer.");
        return Verdict.REFUSED;
    }

    private SignalRequest request(Step.Send step, @Nullable ActorRef<Signal> acknowledgements) {
        String origin = context.connection().id();
        Signal signal = Diversion.hidden(step.signal());
        return new SignalRequest(signal, step.by(), origin, acknowledgements);
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

    /** One signal that is being sent, until it is known what became of it. */
    private final class Sending implements Windows.Parcel {

        private final Step.Send step;
        private final MapperRunner mappers;
        private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        private final Instant deadline = Instant.now().plus(context.settings().retry().budget());
        private int tries;

        /** Of the last try; null where there is nothing to collect. */
        private @Nullable ActorRef<Object> aggregator;

        private CompletableFuture<AckCollection> acknowledgements = new CompletableFuture<>();

        Sending(Step.Send step, MapperRunner mappers) {
            this.step = step;
            this.mappers = mappers;
        }

        @Override
        public Signal signal() {
            return step.signal();
        }

        /**
         * What is sent again for want of acknowledgements goes alone, for nothing may overtake it;
         * so does what is answered with more than it brings, and what is no thing's.
         */
        @Override
        public boolean sharesWindow() {
            TopicPath topic = signal().topic();
            return topic.group() == Group.THINGS
                    && !"retrieve".equals(topic.action())
                    && !(step.sourceAsks() && step.expects().needsAcknowledgements());
        }

        @Override
        public CompletionStage<SignalRequest> request() {
            tries++;
            if (!step.expects().needsAcknowledgements()) {
                return CompletableFuture.completedStage(Dispatcher.this.request(step, null));
            }
            acknowledgements = new CompletableFuture<>();
            AckCollection wanted = AckCollection.of(signal(), step.expects().requestedAcks());
            var order =
                    new Acknowledgements.Order(wanted, step.expects().timeout(), acknowledgements);
            return context.aggregators()
                    .apply(order)
                    .thenApply(started -> {
                        aggregator = started;
                        return Dispatcher.this.request(step, started.narrow());
                    });
        }

        @Override
        public CompletionStage<Optional<Duration>> answered(Signal answer) {
            if (answer.isPassingFailure()) {
                untouched();
                return CompletableFuture.completedStage(again("the entity is not available"));
            }
            if (answer.isError() || aggregator == null) {
                untouched();
                return done(() -> finish(step, mappers, answer));
            }
            if (answer.topic().channel() == Channel.TWIN) {
                aggregator.tell(answer);
            }
            if (!step.sourceAsks()) {
                acknowledgements.thenAccept(all -> done(() -> finish(step, mappers, all)));
                return DONE;
            }
            return acknowledgements.thenCompose(all ->
                    all.worthAnotherTry()
                            ? CompletableFuture.completedStage(again("acknowledgements failed"))
                            : done(() -> finish(step, mappers, all)));
        }

        @Override
        public Optional<Duration> unanswered(Throwable why) {
            untouched();
            return again(String.valueOf(why.getMessage()));
        }

        @Override
        public void untouched() {
            if (aggregator != null) {
                aggregator.tell(new Acknowledgements.Cancel());
                aggregator = null;
            }
        }

        /** The next one may go, even if the answer to this one is not on its way yet. */
        private CompletionStage<Optional<Duration>> done(
                Supplier<CompletionStage<Verdict>> finish) {
            CompletableFuture.completedStage(finish)
                    .thenCompose(Supplier::get)
                    .whenComplete((known, failure) -> {
                        if (failure == null) {
                            verdict.complete(known);
                        } else {
                            verdict.completeExceptionally(failure);
                        }
                    });
            return DONE;
        }

        private Optional<Duration> again(String reason) {
            Duration pause = context.settings().retry().pause(tries);
            if (!stopped.getAsBoolean() && !Instant.now().plus(pause).isAfter(deadline)) {
                return Optional.of(pause);
            }
            monitor.failure(
                    MetricType.ACKNOWLEDGED,
                    signal().headers(),
                    signal().entityId(),
                    "Given up after " + tries + " tries: " + reason);
            verdict.complete(Verdict.GIVEN_UP);
            return Optional.empty();
        }
    }
}
