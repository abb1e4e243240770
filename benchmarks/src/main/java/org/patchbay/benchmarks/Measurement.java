package org.patchbay.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What a number of calls took.
 *
 * @param perSecond calls that ended in a second
 * @param p50Millis half of them took at most so long
 * @param p99Millis all but one in a hundred
 * @param cpuMillis of the server for each call
 */
public record Measurement(
        String what,
        int calls,
        double perSecond,
        double p50Millis,
        double p99Millis,
        double cpuMillis) {

    public static final String HEAD =
            """
            | what | calls | a second | p50 ms | p99 ms | CPU ms a call |
            |---|---|---|---|---|---|\
            """;

    /**
     * Measures calls of which a number is under way at a time.
     *
     * @param cpu the CPU time of the server so far
     */
    public static Measurement of(
            String what, int calls, int atATime, Supplier<Duration> cpu, IntConsumer call)
            throws InterruptedException {
        double[] millis = new double[calls];
        Semaphore free = new Semaphore(atATime);
        Duration cpuBefore = cpu.get();
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?>[] all = new Future<?>[calls];
            for (int i : IntStream.range(0, calls).toArray()) {
                free.acquire();
                all[i] =
                        threads.submit(() -> {
                            long start = System.nanoTime();
                            try {
                                call.accept(i);
                            } finally {
                                millis[i] = (System.nanoTime() - start) / 1e6;
                                free.release();
                            }
                        });
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(what, e.getCause());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuMillis = cpu.get().minus(cpuBefore).toNanos() / 1e6 / calls;
        Arrays.sort(millis);
        return new Measurement(
                what,
                calls,
                calls / seconds,
                millis[calls / 2],
                millis[Math.min(calls - 1, calls * 99 / 100)],
                cpuMillis);
    }

    /** A row of the table below {@link #HEAD}. */
    public String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.2f | %.2f | %.2f |",
                what,
                calls,
                perSecond,
                p50Millis,
                p99Millis,
                cpuMillis);
    }
}
