package org.patchbay.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Publishes numbered messages and waits for what comes of them, so many under way at a time. What
 * comes twice counts once; what does not come ends the measurement.
 */
public final class Load implements AutoCloseable {

    private static final int MESSAGES_MAX = 4_000_000;
    private static final Duration STUCK_AFTER = Duration.ofSeconds(20);
    private static final byte[] MARK = "\"value\":".getBytes(StandardCharsets.UTF_8);

    /** What happened between two moments; latencies in ascending order. */
    public record Result(int messages, double seconds, long[] latenciesNanos) {

        public double perSecond() {
            return messages / seconds;
        }

        public double percentileMs(double share) {
            int at =
                    (int)
                            Math.min(
                                    latenciesNanos.length - 1L,
                                    (long) (latenciesNanos.length * share));
            return latenciesNanos.length == 0 ? 0 : latenciesNanos[at] / 1e6;
        }
    }

    private final Ends ends;
    private final IntFunction<String> payloads;
    private final Duration pause;
    private final int inFlight;
    private final Semaphore free;
    private final AtomicLongArray sent = new AtomicLongArray(MESSAGES_MAX);

    /** Nanoseconds each message took, 0 while it is under way. */
    private final AtomicIntegerArray took = new AtomicIntegerArray(MESSAGES_MAX);

    private final Thread publishing;
    private volatile int next;
    private volatile boolean stopped;

    /**
     * @param payloads what to publish; holds {@code "value":NUMBER}, and so does what comes of it
     * @param inFlight how many messages are under way at a time
     * @param pause between two messages; none where the next goes as soon as it may
     */
    public Load(Ends ends, IntFunction<String> payloads, int inFlight, Duration pause) {
        this.ends = ends;
        this.payloads = payloads;
        this.pause = pause;
        this.inFlight = inFlight;
        this.free = new Semaphore(inFlight);
        try {
            ends.hear(this::received);
        } catch (Exception e) {
            throw new IllegalStateException("Nobody can listen", e);
        }
        this.publishing = Thread.ofPlatform().name("publishing").start(this::publishAll);
    }

    /** What happens from now on for a while. */
    public Result watch(Duration time) throws InterruptedException {
        return watch(Integer.MAX_VALUE, time);
    }

    /** What happens from now on until so many messages have come through, or for so long. */
    public Result watch(int messagesMax, Duration time) throws InterruptedException {
        int first = next;
        int before = done();
        long begin = System.nanoTime();
        if (messagesMax == Integer.MAX_VALUE) {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } else {
            while (done() - before < messagesMax && System.nanoTime() - begin < time.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        int messages = done() - before;
        int last = next;
        if (messages == 0 && time.compareTo(STUCK_AFTER.dividedBy(4)) >= 0) {
            throw new IllegalStateException("No message came through in " + time);
        }
        long[] latencies = new long[Math.max(0, last - first)];
        int known = 0;
        for (int number = first; number < last; number++) {
            int nanos = took.get(number);
            if (nanos > 0) {
                latencies[known++] = nanos;
            }
        }
        latencies = Arrays.copyOf(latencies, known);
        Arrays.sort(latencies);
        return new Result(messages, seconds, latencies);
    }

    private int done() {
        return next - (inFlight - free.availablePermits());
    }

    private void publishAll() {
        long due = System.nanoTime();
        while (!stopped && next < MESSAGES_MAX) {
            try {
                if (!free.tryAcquire(STUCK_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            if (!pause.isZero()) {
                due += pause.toNanos();
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int number = next;
            sent.set(number, System.nanoTime());
            next = number + 1;
            try {
                ends.send(number, payloads.apply(number).getBytes(StandardCharsets.UTF_8));
            } catch (Exception e) {
                if (!stopped) {
                    throw new IllegalStateException("Message " + number + " can't be sent", e);
                }
            }
        }
    }

    private void received(ByteBuffer payload) {
        int number = number(payload);
        if (number < 0 || number >= next) {
            return;
        }
        long nanos = Math.clamp(System.nanoTime() - sent.get(number), 1, Integer.MAX_VALUE);
        if (took.compareAndSet(number, 0, (int) nanos)) {
            free.release();
        }
    }

    /** The number behind the last mark; -1 where there is none. */
    private static int number(ByteBuffer payload) {
        for (int at = payload.limit() - MARK.length - 1; at >= 0; at--) {
            if (isMark(payload, at)) {
                return digits(payload, at + MARK.length);
            }
        }
        return -1;
    }

    private static boolean isMark(ByteBuffer payload, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (payload.get(at + i) != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    private static int digits(ByteBuffer payload, int from) {
        int number = -1;
        for (int at = from; at < payload.limit(); at++) {
            int digit = payload.get(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = Math.max(number, 0) * 10 + digit;
        }
        return number;
    }

    /** What is under way comes through before, so that nobody takes it for something later. */
    @Override
    public void close() {
        stopped = true;
        publishing.interrupt();
        try {
            publishing.join();
            var _ = free.tryAcquire(inFlight, STUCK_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ends.close();
    }
}
