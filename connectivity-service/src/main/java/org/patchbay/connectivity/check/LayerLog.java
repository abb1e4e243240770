package org.patchbay.connectivity.check;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.client.Failures;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.dryrun.Layer;
import org.patchbay.connectivity.model.dryrun.LayerResult;
import org.patchbay.connectivity.model.dryrun.LayerResult.Failed;
import org.patchbay.connectivity.model.dryrun.LayerResult.NotReached;
import org.patchbay.connectivity.model.dryrun.LayerResult.Passed;
import org.patchbay.connectivity.model.dryrun.LayerResult.Skipped;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.protocol.Problem;
import org.patchbay.protocol.ProblemException;

/**
 * What came of each layer and how long it took, within one time for all of them. After the first
 * that fails no other is tried.
 */
final class LayerLog {

    private final Map<Layer, LayerResult> results = new EnumMap<>(Layer.class);
    private final long startNanos = System.nanoTime();
    private final Duration limit;
    private @Nullable Problem problem;

    LayerLog(Duration limit) {
        this.limit = limit;
    }

    /** What a layer has to say that did not fail. */
    sealed interface Outcome {
        record Fine(String message) implements Outcome {}

        record Unneeded(String why) implements Outcome {}
    }

    /** Passes a layer; throws a {@link Failure} or {@link ProblemException} where it can't. */
    interface Passage {
        Outcome pass() throws InterruptedException, TimeoutException;
    }

    void layer(Layer layer, Passage passage) throws InterruptedException {
        if (problem != null) {
            results.putIfAbsent(layer, new NotReached(layer));
            return;
        }
        long start = System.nanoTime();
        try {
            LayerResult result =
                    switch (passage.pass()) {
                        case Outcome.Fine(var message) -> new Passed(layer, since(start), message);
                        case Outcome.Unneeded(var why) -> new Skipped(layer, why);
                    };
            results.put(layer, result);
        } catch (ProblemException e) {
            failed(new Failed(layer, since(start), e.problem().message(), null), e.problem());
        } catch (TimeoutException e) {
            Failure failure =
                    Failure.bySystem("No answer within " + since(start).toMillis() + " ms.", null);
            failed(layer, failure, since(start));
        } catch (Failure failure) {
            failed(layer, failure, since(start));
        }
    }

    /** A failure may tell of an earlier layer, which seemed to be passed. */
    private void failed(Layer tried, Failure failure, Duration took) {
        Layer layer = failure.layer() == null ? tried : failure.layer();
        failed(
                new Failed(layer, took, failure.description(), failure.check()),
                switch (layer) {
                    case CONFIGURATION, MAPPING, HOST_POLICY ->
                            ConnectionProblems.configurationInvalid(
                                    failure.description(), "Correct the connection.");
                    case TUNNEL, NAME_RESOLUTION, TCP, TLS, AUTHENTICATION, ADDRESSES ->
                            Failures.notConnected(failure);
                });
    }

    private void failed(Failed result, Problem why) {
        problem = why;
        results.put(result.layer(), result);
        for (Layer layer : Layer.values()) {
            if (layer.compareTo(result.layer()) > 0) {
                results.put(layer, new NotReached(layer));
            }
        }
    }

    /** Waits as long as there is time; fails as the stage does. */
    <T> T await(CompletionStage<T> stage) throws InterruptedException, TimeoutException {
        try {
            return stage.toCompletableFuture().get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : Failures.of(e);
        }
    }

    /** The time that is left, never none. */
    Duration left() {
        Duration left = limit.minus(since(startNanos));
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    DryRunReport report() {
        return new DryRunReport(since(startNanos), List.copyOf(results.values()), problem);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
