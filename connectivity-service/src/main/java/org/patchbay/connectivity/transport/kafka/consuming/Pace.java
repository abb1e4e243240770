package org.patchbay.connectivity.transport.kafka.consuming;

import java.time.Duration;

/**
 * How often something may be done: a few times at once, and then no more often than in an interval.
 * Used by one thread; times in nanoseconds.
 */
final class Pace {

    private static final int AT_ONCE = 5;

    private final long interval;
    private long next;

    Pace(Duration interval, long now) {
        this.interval = interval.toNanos();
        this.next = now;
    }

    /** 0 where it may be done now. */
    long left(long now) {
        return Math.max(0, next - (AT_ONCE - 1) * interval - now);
    }

    void done(long now) {
        next = Math.max(next, now) + interval;
    }
}
