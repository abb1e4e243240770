package org.patchbay.connectivity.path.publishing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.transport.Outbound;
import org.patchbay.connectivity.transport.PublishResult;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.protocol.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way out, of a target or of the replies. It keeps what no broker has taken yet until there is
 * a link, so that a short loss of the link loses nothing and changes no order.
 *
 * <p>While messages are taken, many are under way at a time. When one is not, the outlet pauses,
 * longer each time, and then tries with the oldest alone until that is taken or has been tried
 * often enough. After a loss of the link it begins with the oldest alone, too, because the message
 * that made the broker close the link must not use up the tries of those behind it. Of several that
 * fail together only the first has used up a try: the others may have been kept by it, or by a link
 * that is too slow for all of them in the time that each has.
 *
 * <p>All that happens to it is done by one thread at a time and in order, whichever thread that is,
 * without any of them waiting: {@link #work}.
 */
public final class Outlet {

    /** Answers what finds the outlet full. */
    public static final PublishResult FULL = new PublishResult(503, Headers.EMPTY, null);

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final PublishResult UNAVAILABLE = new PublishResult(503, Headers.EMPTY, null);

    /** After so many failures in a row it is more than an accident. */
    private static final int FAILURES_TO_TELL = 2;

    /** Told by whatever thread finds out; must not block. */
    public interface Watcher {
        void failing(Trouble trouble);

        void recovered(int failures);
    }

    /**
     * Messages are not taken again and again.
     *
     * @param failures how many attempts in a row have failed
     * @param pause until the next one
     */
    public record Trouble(String reason, Instant since, int failures, Duration pause) {
        /** In words, for status and logs. */
        public String description() {
            return "Publishing fails: "
                    + reason
                    + " (attempt "
                    + failures
                    + ", the next one after "
                    + pause.toMillis()
                    + " ms)";
        }
    }

    private static final class Pending {
        private final long number;
        private final Outbound message;
        private final CompletableFuture<PublishResult> result;
        private int tries;

        Pending(long number, Outbound message, CompletableFuture<PublishResult> result) {
            this.number = number;
            this.message = message;
            this.result = result;
        }

        void takeTryBack() {
            tries--;
        }
    }

    private final int waitingMax;
    private final PublishSettings settings;
    private final BiConsumer<Duration, Runnable> later;
    private final InstantSource clock;
    private final Watcher watcher;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger undone = new AtomicInteger();

    private final TreeMap<Long, Pending> waiting = new TreeMap<>();
    private final TreeMap<Long, Pending> underWay = new TreeMap<>();
    private final List<CompletableFuture<Done>> awaitingRoom = new ArrayList<>();
    private @Nullable TransportClient link;
    private int share;
    private long next;
    private int failures;
    private boolean oneByOne;
    private boolean pausing;
    private boolean closed;
    private volatile @Nullable Trouble trouble;

    Outlet(
            int waitingMax,
            PublishSettings settings,
            BiConsumer<Duration, Runnable> later,
            InstantSource clock,
            Watcher watcher) {
        this.waitingMax = waitingMax;
        this.settings = settings;
        this.later = later;
        this.clock = clock;
        this.watcher = watcher;
    }

    /** Never fails: the status tells. */
    public CompletionStage<PublishResult> publish(Outbound message) {
        CompletableFuture<PublishResult> result = new CompletableFuture<>();
        work(() -> accept(message, result));
        return result;
    }

    /**
     * Completes when there is room again, for whoever may wait with more. Without a link, or when
     * messages are not taken, nobody knows when that will be, and it completes at once.
     */
    public CompletionStage<Done> room() {
        CompletableFuture<Done> room = new CompletableFuture<>();
        work(() -> awaitingRoom.add(room));
        return room;
    }

    /** Present where messages are not taken again and again. */
    public Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /**
     * @param most how many messages may be under way over it at a time
     */
    void linkUp(TransportClient newLink, int most) {
        work(() -> {
            down();
            link = newLink;
            share = most;
            send();
        });
    }

    void linkDown() {
        work(this::down);
    }

    private void down() {
        link = null;
        pausing = false;
        trouble = null;
        List<Pending> lost = List.copyOf(underWay.values());
        underWay.clear();
        oneByOne |= !lost.isEmpty();
        lost.stream().skip(1).forEach(Pending::takeTryBack);
        lost.forEach(this::again);
    }

    void close() {
        work(() -> {
            closed = true;
            link = null;
            List<Pending> left = new ArrayList<>(underWay.values());
            left.addAll(waiting.values());
            underWay.clear();
            waiting.clear();
            left.forEach(one -> one.result.complete(UNAVAILABLE));
        });
    }

    private void work(Runnable task) {
        tasks.add(task);
        if (undone.getAndIncrement() > 0) {
            return;
        }
        do {
            Runnable one = tasks.poll();
            try {
                if (one != null) {
                    one.run();
                }
                tellRoom();
            } catch (RuntimeException e) {
                // The next one must have its turn, or nothing would ever leave again.
                LOG.atError().setCause(e).log("Publishing failed in a way that nobody foresaw.");
            }
        } while (undone.decrementAndGet() > 0);
    }

    private void accept(Outbound message, CompletableFuture<PublishResult> result) {
        if (closed) {
            result.complete(UNAVAILABLE);
        } else if (waiting.size() + underWay.size() >= waitingMax) {
            result.complete(FULL);
        } else {
            Pending one = new Pending(next++, message, result);
            waiting.put(one.number, one);
            send();
        }
    }

    private void send() {
        TransportClient over = link;
        if (over == null || pausing) {
            return;
        }
        while (!waiting.isEmpty() && underWay.size() < (oneByOne ? 1 : share)) {
            Pending one = waiting.pollFirstEntry().getValue();
            underWay.put(one.number, one);
            one.tries++;
            publish(one.message, over)
                    .whenComplete((result, failure) ->
                            work(() -> settle(one, over, failure == null ? result : UNAVAILABLE)));
        }
    }

    private static CompletionStage<PublishResult> publish(Outbound message, TransportClient over) {
        try {
            return over.publish(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void settle(Pending one, TransportClient over, PublishResult result) {
        if (result.again()) {
            if (link == over && underWay.remove(one.number) != null) {
                failed(one, result);
            }
            return;
        }
        // Taken, or refused for good; also where the link it went over is gone by now.
        if (underWay.remove(one.number) != null || waiting.remove(one.number) != null) {
            taken();
            one.result.complete(result);
            send();
        }
    }

    private void taken() {
        oneByOne = false;
        if (trouble != null) {
            trouble = null;
            watcher.recovered(failures);
        }
        failures = 0;
    }

    private void failed(Pending one, PublishResult result) {
        if (pausing) {
            // One of several that were under way: the pause is for all of them.
            one.takeTryBack();
            again(one);
            return;
        }
        again(one);
        failures++;
        pausing = true;
        oneByOne = true;
        Duration pause = settings.pause(failures);
        if (failures >= FAILURES_TO_TELL) {
            Trouble before = trouble;
            Instant since = before == null ? clock.instant() : before.since();
            Trouble now = new Trouble(reason(result), since, failures, pause);
            trouble = now;
            watcher.failing(now);
        }
        TransportClient over = link;
        later.accept(
                pause,
                () ->
                        work(() -> {
                            if (link == over) {
                                pausing = false;
                                send();
                            }
                        }));
    }

    private void again(Pending one) {
        if (one.tries < settings.triesMax()) {
            waiting.put(one.number, one);
        } else {
            one.result.complete(UNAVAILABLE);
        }
    }

    private void tellRoom() {
        boolean room =
                link == null || oneByOne || waiting.size() + underWay.size() <= waitingMax / 2;
        if (room && !awaitingRoom.isEmpty()) {
            List<CompletableFuture<Done>> all = List.copyOf(awaitingRoom);
            awaitingRoom.clear();
            all.forEach(one -> one.complete(Done.getInstance()));
        }
    }

    private static String reason(PublishResult result) {
        JsonNode value = result.value();
        return value != null && value.isTextual()
                ? value.textValue()
                : "the endpoint does not take messages now.";
    }
}
