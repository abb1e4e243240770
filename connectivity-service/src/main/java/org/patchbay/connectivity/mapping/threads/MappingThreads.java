package org.patchbay.connectivity.mapping.threads;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.mapping.threads.Share.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads for the mappers of many connections, such that none starves the others:
 *
 * <ul>
 *   <li>the next thread goes to the connection that has used the least time, so that a message of a
 *       quick one waits for no queue of a slow one;
 *   <li>one connection never has all threads, and neither have all slow ones together: a script
 *       that runs into its time limit with every message leaves a thread to those that do not.
 * </ul>
 *
 * With a single thread only the first holds. What is waiting is as bounded as those who give work:
 * each waits for its results.
 */
public final class MappingThreads {

    private static final Logger LOG = LoggerFactory.getLogger(MappingThreads.class);

    /** What takes longer on average is slow; a script's limit is ten times that. */
    static final Duration SLOW = Duration.ofMillis(50);

    /** Nobody can end a mapper of others that does not return; somebody should know of it. */
    private static final Duration STUCK = Duration.ofSeconds(30);

    private static final Comparator<Share> LEAST_USED =
            Comparator.comparingLong(Share::usedNanos).thenComparingLong(Share::number);

    private final Executor threads;
    private final int size;
    private final LongSupplier clock;
    private final Map<String, Shares.Held> shares = new HashMap<>();
    private final Shares gone = new Shares();
    private final NavigableSet<Share> quick = new TreeSet<>(LEAST_USED);
    private final NavigableSet<Share> slow = new TreeSet<>(LEAST_USED);
    private final Set<Share> active = new HashSet<>();
    private int running;
    private int runningSlow;
    private long usedByLast;
    private long numbers;

    private MappingThreads(Executor threads, int size, LongSupplier clock) {
        this.threads = threads;
        this.size = size;
        this.clock = clock;
    }

    /**
     * Work for these threads.
     *
     * @param size how many there are
     */
    public static MappingThreads of(Executor threads, int size) {
        return new MappingThreads(threads, size, System::nanoTime);
    }

    static MappingThreads of(Executor threads, int size, LongSupplier nanos) {
        return new MappingThreads(threads, size, nanos);
    }

    /** How many threads there are. */
    public int size() {
        return size;
    }

    /** The part of somebody; the same one as long as anybody holds it. */
    public synchronized Share of(String name) {
        gone.forget(shares);
        Shares.Held held = shares.get(name);
        Share share = held == null ? null : held.get();
        if (share == null) {
            share = new Share(this, name, numbers++);
            shares.put(name, gone.held(share));
        }
        return share;
    }

    void submit(Share share, Runnable work) {
        synchronized (this) {
            leaveQueue(share);
            if (share.isIdle()) {
                // Time that was not used before is nothing to be saved up.
                share.catchUp(usedByLast);
            }
            share.add(work);
            enterQueue(share);
        }
        startWhatMay();
    }

    private void startWhatMay() {
        for (Task task = next(); task != null; task = next()) {
            start(task);
        }
    }

    private void start(Task task) {
        try {
            threads.execute(() -> {
                try {
                    task.work().run();
                } finally {
                    ended(task);
                    startWhatMay();
                }
            });
        } catch (RejectedExecutionException e) {
            // The node is going down, and the broker keeps what was not mapped.
            ended(task);
        }
    }

    private synchronized @Nullable Task next() {
        long now = clock.getAsLong();
        noticeSlowness(now);
        Share share = running < size ? mostDeserving() : null;
        if (share == null) {
            return null;
        }
        leaveQueue(share);
        usedByLast = Math.max(usedByLast, share.usedNanos());
        Task task = share.start(now);
        running++;
        runningSlow += share.isSlow() ? 1 : 0;
        active.add(share);
        enterQueue(share);
        return task;
    }

    /** Of the quick ones first of all, then of the slow ones as far as they leave a thread. */
    private @Nullable Share mostDeserving() {
        Share first = quick.isEmpty() ? null : quick.first();
        if (slow.isEmpty() || runningSlow >= mostOfSome()) {
            return first;
        }
        Share other = slow.first();
        return first == null || LEAST_USED.compare(other, first) < 0 ? other : first;
    }

    private int mostOfSome() {
        return Math.max(1, size - 1);
    }

    private synchronized void ended(Task task) {
        Share share = task.share();
        leaveQueue(share);
        running--;
        runningSlow -= share.isSlow() ? 1 : 0;
        share.end(task, clock.getAsLong());
        if (share.running() == 0) {
            active.remove(share);
        }
        // What still runs of it counts as what it is from now on.
        reclassify(share);
        enterQueue(share);
    }

    private void noticeSlowness(long now) {
        for (Share share : active) {
            if (!share.isSlow() && share.longest(now) > SLOW.toNanos()) {
                leaveQueue(share);
                runningSlow += share.becomeSlow();
                enterQueue(share);
            }
            if (share.longest(now) > STUCK.toNanos() && share.isNews()) {
                LOG.atWarn()
                        .addKeyValue("connection", share.name())
                        .addKeyValue("seconds", STUCK.toSeconds())
                        .log("A mapper does not return. It keeps one of the mapping threads.");
            }
        }
    }

    private void reclassify(Share share) {
        int wasSlow = share.isSlow() ? share.running() : 0;
        share.classify();
        runningSlow += (share.isSlow() ? share.running() : 0) - wasSlow;
    }

    /** A share's place depends on what changes, so it leaves before the change. */
    private void leaveQueue(Share share) {
        quick.remove(share);
        slow.remove(share);
    }

    private void enterQueue(Share share) {
        if (share.isWaiting() && share.running() < mostOfSome()) {
            (share.isSlow() ? slow : quick).add(share);
        }
    }
}
