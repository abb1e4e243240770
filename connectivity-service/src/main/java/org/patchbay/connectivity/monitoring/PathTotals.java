package org.patchbay.connectivity.monitoring;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of all consumed messages since the client started: consumed = dispatched + dropped +
 * failed + in flight, whenever nothing is just being counted.
 */
public final class PathTotals {

    private final LongAdder consumed = new LongAdder();
    private final LongAdder dispatched = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /** The sums at one moment. */
    public record Snapshot(
            long consumed, long dispatched, long dropped, long failed, long inFlight) {}

    public void consumed() {
        consumed.increment();
    }

    public void dispatched() {
        dispatched.increment();
    }

    public void dropped() {
        dropped.increment();
    }

    public void failed() {
        failed.increment();
    }

    public Snapshot snapshot() {
        long settled = dispatched.sum() + dropped.sum() + failed.sum();
        long all = consumed.sum();
        return new Snapshot(
                all, dispatched.sum(), dropped.sum(), failed.sum(), Math.max(0, all - settled));
    }
}
