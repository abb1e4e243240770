package org.patchbay.connectivity.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.patchbay.cluster.bus.Publication;
import org.patchbay.cluster.label.AckLabels.Declared;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.path.PathContext;
import org.patchbay.connectivity.path.acknowledgement.OwnAcks;
import org.patchbay.connectivity.path.outbound.OutboundPath;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;
import org.patchbay.protocol.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is to the cluster: a subscriber of the bus, and one that issues acknowledgements
 * under the labels of its connection. Links come and go, this stays.
 *
 * <p>While another subscriber has one of the labels, the connection works, but issues none of its
 * acknowledgements; it declares its labels again from time to time.
 */
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final CompletionStage<Done> DONE =
            CompletableFuture.completedFuture(Done.getInstance());

    private final ClientEnvironment environment;
    private final PathContext path;
    private final OutboundPath outbound;
    private final ActorRef<Publication> subscriber;
    private @Nullable CompletionStage<Done> known;
    private volatile boolean ended;

    Membership(
            ClientEnvironment environment,
            PathContext path,
            OutboundPath outbound,
            ActorRef<Publication> subscriber) {
        this.environment = environment;
        this.path = path;
        this.outbound = outbound;
        this.subscriber = subscriber;
    }

    /** Completes when nothing is missed any more, and it is clear whose the labels are. */
    synchronized CompletionStage<Done> known() {
        CompletionStage<Done> before = known;
        if (before != null && !before.toCompletableFuture().isCompletedExceptionally()) {
            return before;
        }
        Stream<CompletionStage<Done>> subscriptions =
                outbound.interests().stream()
                        .map(one -> environment.bus().subscribe(one, subscriber, outbound::admits));
        CompletableFuture<?>[] all =
                Stream.concat(subscriptions, Stream.of(declare()))
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture<?>[]::new);
        CompletionStage<Done> now = CompletableFuture.allOf(all).thenApply(_ -> Done.getInstance());
        known = now;
        return now;
    }

    /** Wants nothing more. The labels are free again when the subscriber has stopped. */
    synchronized void end() {
        ended = true;
        if (known != null) {
            environment.bus().unsubscribe(subscriber);
        }
    }

    private CompletionStage<Done> declare() {
        OwnAcks own = path.ownAcks();
        if (ended || own.all().isEmpty()) {
            return DONE;
        }
        return environment
                .labels()
                .declare("connection:" + path.connection().id(), own.all(), subscriber)
                .handle((declared, failure) ->
                        failure == null ? granted(declared) : refused(problem(failure)))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Done> granted(Declared declared) {
        OwnAcks own = path.ownAcks();
        boolean again = own.refusal().isPresent();
        own.granted();
        if (again) {
            path.monitor()
                    .connection()
                    .success(
                            MetricType.OTHER,
                            Headers.EMPTY,
                            null,
                            "The labels of acknowledgements are declared.");
        }
        declared.lost().thenAccept(this::refused);
        return environment.bus().subscribe(outbound.labelInterest(), subscriber, outbound::admits);
    }

    private CompletionStage<Done> refused(Problem problem) {
        OwnAcks own = path.ownAcks();
        if (own.refusal().isEmpty()) {
            String why = problem.code() + ": " + problem.message();
            path.monitor()
                    .connection()
                    .failure(
                            MetricType.OTHER,
                            Headers.EMPTY,
                            null,
                            "No acknowledgements are issued. " + why);
            LOG.atWarn()
                    .addKeyValue("connectionId", path.connection().id())
                    .addKeyValue("reason", why)
                    .log("A connection may not issue its acknowledgements.");
        }
        own.refused(problem);
        path.after(environment.ackSettings().declareInterval(), this::declare);
        return DONE;
    }

    private Problem problem(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ProblemException e
                ? e.problem()
                : Problem.of(503, "acknowledgement:label.not.declared", String.valueOf(cause));
    }
}
