package org.patchbay.connectivity.path.inbound;

import java.time.Duration;
import org.patchbay.connectivity.path.Throttling;

/** Spreads messages over time, so that no more than the limit come in one interval. */
final class Throttle {

    private final long intervalNanos;
    private final int limit;
    private long begin;
    private int used;

    /**
     * @param now in nanoseconds, as all times of this throttle
     */
    Throttle(Throttling throttling, long now) {
        this.intervalNanos = throttling.interval().toNanos();
        this.limit = throttling.limit();
        this.begin = now;
    }

    /** How long the next message has to wait for its place; zero where it has none to wait for. */
    synchronized Duration place(long now) {
        if (now - begin >= intervalNanos) {
            begin = now;
            used = 0;
        }
        if (used == limit) {
            begin += intervalNanos;
            used = 0;
        }
        used++;
        return Duration.ofNanos(Math.max(0, begin - now));
    }
}
