package org.patchbay.connectivity.path;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.cluster.twins.Twins;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.json.JsonSize;

/**
 * Sends signals to their entities: different entities side by side, those of one entity window
 * after window. What comes for an entity while a window is under way waits, and goes together in
 * the next one. A window that is not answered goes again, whole and in order; of one that is
 * answered in part the rest does. Holds an entity only while signals for it are under way, so it is
 * as bounded as what is in flight.
 */
public final class Windows {

    private static final int SIGNALS_MAX = 128;

    /** Roughly; between nodes a window is one message, which must not exceed a frame of 1 MiB. */
    private static final int CHARACTERS_MAX = 256 * 1024;

    /** A signal on its way to its entity; none of the methods throws. */
    public interface Parcel {

        Signal signal();

        /**
         * Whether it may travel with others. One that may has its fate decided by the answer at
         * once.
         */
        boolean sharesWindow();

        /** A new try. */
        CompletionStage<SignalRequest> request();

        /** The entity's answer to the last try; completes with the pause before another one. */
        CompletionStage<Optional<Duration>> answered(Signal answer);

        /** The last try has no answer; the pause before another one. */
        Optional<Duration> unanswered(Throwable why);

        /** The entity did not come to the last try. */
        void untouched();
    }

    private final Twins twins;
    private final BiConsumer<Duration, Runnable> later;
    private final Map<String, Deque<Parcel>> waiting = new HashMap<>();

    /**
     * @param later runs something after a while
     */
    Windows(Twins twins, BiConsumer<Duration, Runnable> later) {
        this.twins = twins;
        this.later = later;
    }

    public static Windows of(ActorSystem<?> system, Twins twins) {
        return new Windows(
                twins,
                (pause, work) ->
                        system.scheduler().scheduleOnce(pause, work, system.executionContext()));
    }

    /** Sends it when all that came earlier for its entity is done with. */
    public void send(Parcel parcel) {
        String entityId = parcel.signal().entityId();
        boolean idle;
        synchronized (waiting) {
            idle = !waiting.containsKey(entityId);
            waiting.computeIfAbsent(entityId, _ -> new ArrayDeque<>()).add(parcel);
        }
        if (idle) {
            next(entityId);
        }
    }

    /** How many entities have signals under way. */
    public int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void next(String entityId) {
        List<Parcel> window;
        synchronized (waiting) {
            Deque<Parcel> lane = lane(entityId);
            if (lane.isEmpty()) {
                waiting.remove(entityId);
                return;
            }
            window = window(lane);
        }
        attempt(entityId, window)
                .thenAccept(pause -> {
                    if (pause.isZero()) {
                        next(entityId);
                    } else {
                        later.accept(pause, () -> next(entityId));
                    }
                });
    }

    private static List<Parcel> window(Deque<Parcel> lane) {
        Parcel first = lane.remove();
        List<Parcel> window = new ArrayList<>(first.sharesWindow() ? lane.size() + 1 : 1);
        window.add(first);
        if (!first.sharesWindow() || lane.isEmpty()) {
            return window;
        }
        long size = sizeOf(first.signal());
        while (!lane.isEmpty() && window.size() < SIGNALS_MAX && lane.element().sharesWindow()) {
            size += sizeOf(lane.element().signal());
            if (size > CHARACTERS_MAX) {
                break;
            }
            window.add(lane.remove());
        }
        return window;
    }

    private static long sizeOf(Signal signal) {
        return (long) JsonSize.of(signal.value()) + signal.headers().characters();
    }

    /** Completes with the pause before the next window; never fails. */
    private CompletionStage<Duration> attempt(String entityId, List<Parcel> window) {
        return requests(window)
                .thenCompose(this::ask)
                .handle((answers, failure) ->
                        answers == null
                                ? CompletableFuture.completedStage(
                                        unanswered(
                                                entityId, window, Objects.requireNonNull(failure)))
                                : answered(entityId, window, answers.answers(), 0))
                .thenCompose(Function.identity());
    }

    private static CompletionStage<List<SignalRequest>> requests(List<Parcel> window) {
        CompletionStage<List<SignalRequest>> all =
                CompletableFuture.completedStage(new ArrayList<>(window.size()));
        for (Parcel parcel : window) {
            all =
                    all.thenCombine(
                            parcel.request(),
                            (requests, request) -> {
                                requests.add(request);
                                return requests;
                            });
        }
        return all;
    }

    private CompletionStage<SignalAnswers> ask(List<SignalRequest> requests) {
        try {
            return requests.size() == 1
                    ? twins.ask(requests.getFirst())
                            .thenApply(answer -> new SignalAnswers(List.of(answer)))
                    : twins.ask(new SignalWindow(requests));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<Duration> answered(
            String entityId, List<Parcel> window, List<Signal> answers, int from) {
        if (from == Math.min(answers.size(), window.size())) {
            List<Parcel> rest = window.subList(from, window.size());
            rest.forEach(Parcel::untouched);
            back(entityId, rest);
            return CompletableFuture.completedStage(Duration.ZERO);
        }
        return window.get(from)
                .answered(answers.get(from))
                .thenCompose(pause -> {
                    if (pause.isEmpty()) {
                        return answered(entityId, window, answers, from + 1);
                    }
                    window.subList(from + 1, window.size()).forEach(Parcel::untouched);
                    back(entityId, window.subList(from, window.size()));
                    return CompletableFuture.completedStage(pause.get());
                });
    }

    private Duration unanswered(String entityId, List<Parcel> window, Throwable why) {
        List<Parcel> again = new ArrayList<>();
        Duration pause = Duration.ZERO;
        for (Parcel parcel : window) {
            Optional<Duration> ofThis = parcel.unanswered(why);
            if (ofThis.isPresent()) {
                pause = again.isEmpty() ? ofThis.get() : pause;
                again.add(parcel);
            }
        }
        back(entityId, again);
        return pause;
    }

    /** To where they came from, before all that has come since. */
    private void back(String entityId, List<Parcel> parcels) {
        synchronized (waiting) {
            Deque<Parcel> lane = lane(entityId);
            parcels.reversed().forEach(lane::addFirst);
        }
    }

    private Deque<Parcel> lane(String entityId) {
        return Objects.requireNonNull(waiting.get(entityId), entityId);
    }
}
