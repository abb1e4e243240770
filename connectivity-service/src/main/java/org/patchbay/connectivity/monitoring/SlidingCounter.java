package org.patchbay.connectivity.monitoring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happened within the last minute, hour and day.
 *
 * <p>A window is a ring of slots, so that counting and reading cost the same however much happened;
 * a window is exact to one slot (1 s, 1 min, 15 min).
 */
final class SlidingCounter {

    private record Span(String wireName, Duration slot, int slots) {}

    private static final List<Span> SPANS =
            List.of(
                    new Span("PT1M", Duration.ofSeconds(1), 60),
                    new Span("PT1H", Duration.ofMinutes(1), 60),
                    new Span("PT24H", Duration.ofMinutes(15), 96));

    /** The names of the windows, shortest first. */
    static final List<String> WINDOWS = SPANS.stream().map(Span::wireName).toList();

    private static final long NEVER = Long.MIN_VALUE;

    /** None until something is counted: most of what may fail never does. */
    private List<Window> windows = List.of();

    /** All that was ever counted; whoever counts waits for nobody. */
    private final LongAdder all = new LongAdder();

    /** What of it the windows have: they get the rest when another second begins. */
    private long carriedOver;

    private volatile long presentSecond;

    /** In milliseconds since 1970; written when it is another one, for many threads read it. */
    private volatile long last = NEVER;

    void count(Instant now) {
        long second = now.getEpochSecond();
        if (second != presentSecond) {
            begin(second);
        }
        all.increment();
        long millis = now.toEpochMilli();
        if (millis != last) {
            last = millis;
        }
    }

    private synchronized void begin(long second) {
        carryOver();
        presentSecond = second;
    }

    private synchronized void carryOver() {
        long sum = all.sum();
        if (sum > carriedOver) {
            if (windows.isEmpty()) {
                windows = SPANS.stream().map(Window::new).toList();
            }
            for (Window window : windows) {
                window.count(presentSecond * 1_000, sum - carriedOver);
            }
            carriedOver = sum;
        }
    }

    synchronized void reset() {
        carriedOver = all.sum();
        windows = List.of();
        last = NEVER;
    }

    /** {@code {PT1M, PT1H, PT24H, lastMessageAt}}. */
    synchronized ObjectNode toJson(Instant now) {
        carryOver();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < WINDOWS.size(); i++) {
            json.put(
                    WINDOWS.get(i), windows.isEmpty() ? 0 : windows.get(i).sum(now.toEpochMilli()));
        }
        json.put("lastMessageAt", last == NEVER ? null : Instant.ofEpochMilli(last).toString());
        return json;
    }

    private static final class Window {
        private final long slotMillis;
        private final long[] counts;
        private long newest;

        Window(Span span) {
            this.slotMillis = span.slot.toMillis();
            this.counts = new long[span.slots];
        }

        void count(long millis, long times) {
            long slot = millis / slotMillis;
            advance(slot);
            if (slot > newest - counts.length) {
                counts[(int) (slot % counts.length)] += times;
            }
        }

        long sum(long millis) {
            advance(millis / slotMillis);
            long sum = 0;
            for (long count : counts) {
                sum += count;
            }
            return sum;
        }

        private void advance(long slot) {
            long from = Math.max(newest + 1, slot - counts.length + 1);
            for (long s = from; s <= slot; s++) {
                counts[(int) (s % counts.length)] = 0;
            }
            newest = Math.max(newest, slot);
        }
    }
}
