package org.patchbay.connectivity.monitoring.account;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Counts the messages that were taken and how each of them ended. Thread-safe. */
public final class Ledger {

    private final LongAdder taken = new LongAdder();
    private final Map<Reason, LongAdder> ended = new EnumMap<>(Reason.class);

    Ledger() {
        for (Reason reason : Reason.values()) {
            ended.put(reason, new LongAdder());
        }
    }

    /** The entry of one message. */
    public final class Entry {
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Entry() {}

        /**
         * Ends the message's way.
         *
         * @return false where it had ended before, which changes nothing
         */
        public boolean end(Reason reason) {
            boolean first = open.compareAndSet(true, false);
            if (first) {
                count(reason);
            }
            return first;
        }
    }

    /**
     * The sums at one moment.
     *
     * @param ended by reason, those that there were
     */
    public record Snapshot(long taken, Map<Reason, Long> ended) {

        public long sum(Outcome outcome) {
            return ended.entrySet().stream()
                    .filter(entry -> entry.getKey().outcome() == outcome)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        public long count(Reason reason) {
            return ended.getOrDefault(reason, 0L);
        }

        public long inFlight() {
            return taken - ended.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** A message has come: whoever took it ends the entry, whatever happens. */
    public Entry take() {
        taken.increment();
        return new Entry();
    }

    public Snapshot snapshot() {
        Map<Reason, Long> sums = new EnumMap<>(Reason.class);
        ended.forEach((reason, sum) -> {
            if (sum.sum() > 0) {
                sums.put(reason, sum.sum());
            }
        });
        // Last, so that what is in flight is never less than nothing.
        return new Snapshot(taken.sum(), Collections.unmodifiableMap(sums));
    }

    private void count(Reason reason) {
        LongAdder sum = ended.get(reason);
        if (sum != null) {
            sum.increment();
        }
    }
}
