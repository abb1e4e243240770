package org.patchbay.connectivity.mapping.threads;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * One connection's part of the mapping threads: what it has waiting, runs and has used up. What
 * changes of it is guarded by the threads it is a part of.
 */
public final class Share implements Executor {

    /** Of how many runs the mean is, about. */
    private static final int REMEMBERED = 8;

    private final MappingThreads threads;
    private final String name;
    private final long number;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<Task> running = new ArrayList<>();
    private long usedNanos;
    private long meanNanos;
    private boolean slow;
    private boolean told;

    /** Work that runs, and what it was charged in advance. */
    record Task(Share share, Runnable work, long startNanos, long chargedNanos) {}

    Share(MappingThreads threads, String name, long number) {
        this.threads = threads;
        this.name = name;
        this.number = number;
    }

    @Override
    public void execute(Runnable work) {
        threads.submit(this, work);
    }

    /** How many mappers of a source can run side by side. */
    public int threads() {
        return threads.size();
    }

    String name() {
        return name;
    }

    /** In order of appearance, to tell those apart that have used the same. */
    long number() {
        return number;
    }

    long usedNanos() {
        return usedNanos;
    }

    boolean isSlow() {
        return slow;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    boolean isIdle() {
        return waiting.isEmpty() && running.isEmpty();
    }

    int running() {
        return running.size();
    }

    void add(Runnable work) {
        waiting.add(work);
    }

    void catchUp(long usedByOthers) {
        usedNanos = Math.max(usedNanos, usedByOthers);
    }

    Task start(long now) {
        Task task = new Task(this, waiting.remove(), now, meanNanos);
        running.add(task);
        usedNanos += task.chargedNanos();
        return task;
    }

    void end(Task task, long now) {
        running.remove(task);
        long took = Math.max(0, now - task.startNanos());
        usedNanos += took - task.chargedNanos();
        meanNanos += (took - meanNanos) / REMEMBERED;
        told = false;
    }

    void classify() {
        slow = meanNanos > MappingThreads.SLOW.toNanos();
    }

    /** How long what runs the longest has been running. */
    long longest(long now) {
        long longest = 0;
        for (Task task : running) {
            longest = Math.max(longest, now - task.startNanos());
        }
        return longest;
    }

    /** Without waiting for the end of what runs. */
    int becomeSlow() {
        slow = true;
        return running.size();
    }

    /** Whether nobody has been told yet. */
    boolean isNews() {
        boolean news = !told;
        told = true;
        return news;
    }
}
