package org.patchbay.connectivity.path.inbound;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.patchbay.connectivity.monitoring.account.Ending;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.path.MapperRunner;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.Windows;
import org.patchbay.connectivity.path.diversion.Diversion;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath;
import org.patchbay.protocol.TopicPath.Channel;
import org.patchbay.protocol.TopicPath.Criterion;
import org.patchbay.protocol.TopicPath.Group;
import org.patchbay.protocol.header.HeaderDefinition;

/**
 * Sends signals to their entities, in {@link Windows}, and says how that ended. What can't be
 * handled now is tried again in place, so that nothing overtakes it, until the budget for that is
 * spent.
 */
final class Dispatcher {

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

    CompletionStage<Ending> send(Step.Send step, MapperRunner mappers) {
        Signal signal = step.signal();
        if (answersSomething(signal)) {
            // An answer must not wait for what it answers.
            return asked(request(step, null))
                    .handle((answer, failure) -> endOfAnswer(step, answer, failure));
        }
        Sending sending = new Sending(step, mappers);
        context.windows().send(sending);
        return sending.ending;
    }

    private static boolean answersSomething(Signal signal) {
        return signal.isResponse() || signal.topic().criterion() == Criterion.ACKS;
    }

    private CompletionStage<Signal> asked(SignalRequest request) {
        try {
            return context.twins().ask(request);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Ending endOfAnswer(
            Step.Send step, @Nullable Signal answer, @Nullable Throwable failure) {
        if (answer != null && !answer.isError()) {
            return Ending.DONE;
        }
        Ending ending =
                answer == null
                        ? Ending.of(Reason.GIVEN_UP, "Not handed on: " + failure)
                        : Ending.of(Reason.NOBODY_WAITS, "Nobody waits for this answer.");
        monitor.failure(
                MetricType.DROPPED,
                step.signal().headers(),
                step.signal().entityId(),
                ending.text());
        return ending;
    }

    private SignalRequest request(Step.Send step, @Nullable ActorRef<Signal> acknowledgements) {
        String origin = context.connection().id();
        Signal signal = Diversion.hidden(step.signal());
        return new SignalRequest(signal, step.by(), origin, acknowledgements);
    }

    /** Completes when the answer is on its way. */
    private CompletionStage<Ending> finish(Step.Send step, MapperRunner mappers, Signal answer) {
        boolean refused = answer.isError();
        if (refused) {
            monitor.failure(
                    MetricType.DROPPED,
                    answer.headers(),
                    answer.entityId(),
                    "Refused: " + answer.value());
        }
        boolean answers = refused || step.signal().topic().channel() != Channel.LIVE;
        Ending ending = refused ? refusal(answer) : Ending.DONE;
        if (!step.expects().responseRequired() || !answers) {
            return CompletableFuture.completedFuture(ending);
        }
        Replies.Type type = refused ? Replies.Type.ERROR : Replies.Type.RESPONSE;
        Signal reply = refused ? withPendingLabels(step, answer) : answer;
        return replies.send(type, reply, step.signal().headers(), mappers).thenApply(_ -> ending);
    }

    private static Ending refusal(Signal error) {
        JsonNode value = error.value() == null ? MissingNode.getInstance() : error.value();
        Reason reason =
                switch (error.status() == null ? 0 : error.status()) {
                    case 401, 403 -> Reason.NOT_ALLOWED;
                    // Its sender has asked for just that.
                    case 412 -> Reason.CONDITION_NOT_MET;
                    default -> Reason.REFUSED;
                };
        JsonNode code = value.path("error");
        return new Ending(
                reason,
                code.isTextual() ? code.textValue() : null,
                value.path("message").asText("The entity refused it."));
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

    private CompletionStage<Ending> finish(
            Step.Send step, MapperRunner mappers, AckCollection all) {
        // Where the source does not ask the sender does, who is told.
        Ending ending = step.sourceAsks() ? ending(all) : Ending.DONE;
        if (!step.expects().responseRequired()) {
            return CompletableFuture.completedFuture(ending);
        }
        Signal answer = all.answer();
        return replies.send(type(all, answer), answer, step.signal().headers(), mappers)
                .thenApply(_ -> ending);
    }

    private static Ending ending(AckCollection all) {
        List<String> refused = all.refused();
        return refused.isEmpty()
                ? Ending.DONE
                : Ending.of(
                        Reason.NOT_ACKNOWLEDGED,
                        refused.stream()
                                .map(label -> "'" + label + "' with " + all.statusOf(label))
                                .collect(joining(", ", "Acknowledgements were refused: ", ".")));
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
        private final CompletableFuture<Ending> ending = new CompletableFuture<>();
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
        private CompletionStage<Optional<Duration>> done(Supplier<CompletionStage<Ending>> finish) {
            CompletableFuture.completedStage(finish)
                    .thenCompose(Supplier::get)
                    .whenComplete((known, failure) -> {
                        if (failure == null) {
                            ending.complete(known);
                        } else {
                            ending.completeExceptionally(failure);
                        }
                    });
            return DONE;
        }

        private Optional<Duration> again(String reason) {
            Duration pause = context.settings().retry().pause(tries);
            boolean ended = stopped.getAsBoolean();
            if (!ended && !Instant.now().plus(pause).isAfter(deadline)) {
                return Optional.of(pause);
            }
            String text = "Given up after " + tries + " tries: " + reason;
            monitor.failure(MetricType.ACKNOWLEDGED, signal().headers(), signal().entityId(), text);
            ending.complete(Ending.of(ended ? Reason.LINK_ENDED : Reason.GIVEN_UP, text));
            return Optional.empty();
        }
    }
}
