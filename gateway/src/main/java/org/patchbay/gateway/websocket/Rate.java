package org.patchbay.gateway.websocket;

import org.patchbay.gateway.websocket.session.WebSocketSettings.Throttling;

/** Counts the messages of an interval; confined to its stream. */
final class Rate {

    private final long taken;
    private final long intervalNanos;
    private boolean running;
    private long since;
    private long count;

    Rate(Throttling throttling) {
        this.taken = throttling.taken();
        this.intervalNanos = throttling.interval().toNanos();
    }

    /** Whether one more that comes now is within what is taken. */
    boolean admits(long nanos) {
        if (!running || nanos - since >= intervalNanos) {
            running = true;
            since = nanos;
            count = 0;
        }
        count++;
        return count <= taken;
    }
}
