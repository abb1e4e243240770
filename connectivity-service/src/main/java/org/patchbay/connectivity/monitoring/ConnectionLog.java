package org.patchbay.connectivity.monitoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The log of one client, kept in memory while it is enabled: the last entries of each category,
 * type, level and address, so that a busy address does not push out what another one had to say.
 */
public final class ConnectionLog {

    /** What the entries of a ring have in common. */
    private record Kind(
            LogEntry.Category category,
            MetricType type,
            LogEntry.Level level,
            @Nullable String address) {}

    /**
     * An entry and its place among those of all rings; a counter, which all threads would change,
     * took longer than all else.
     */
    private record Placed(long nanos, LogEntry entry) {}

    /**
     * The last entries of one kind. Who adds to it does not wait for those who add to others, for
     * something is added several times for each message.
     */
    final class Ring {

        private final int capacity;
        private final Deque<Placed> entries = new ArrayDeque<>();

        private Ring(int capacity) {
            this.capacity = capacity;
        }

        void add(LogEntry entry) {
            if (!enabledAt(entry.timestamp())) {
                return;
            }
            int grown = entry.sizeBytes();
            synchronized (entries) {
                if (entries.size() >= capacity) {
                    grown -= entries.removeFirst().entry().sizeBytes();
                }
                entries.addLast(new Placed(System.nanoTime(), entry));
                if (grown != 0) {
                    bytes.addAndGet(grown);
                }
            }
            if (bytes.get() > settings.sizeMaxBytes()) {
                removeOldest();
            }
        }

        private List<Placed> all() {
            synchronized (entries) {
                return List.copyOf(entries);
            }
        }

        private long oldest() {
            synchronized (entries) {
                Placed first = entries.peekFirst();
                return first == null ? Long.MAX_VALUE : first.nanos();
            }
        }

        private void removeFirst() {
            synchronized (entries) {
                Placed first = entries.pollFirst();
                bytes.addAndGet(first == null ? 0 : -first.entry().sizeBytes());
            }
        }

        private void clear() {
            while (oldest() < Long.MAX_VALUE) {
                removeFirst();
            }
        }
    }

    private final Clock clock;
    private final LogSettings settings;
    private final Map<Kind, Ring> rings = new HashMap<>();

    /** Of all entries; changed by whoever holds the ring that changes. */
    private final AtomicLong bytes = new AtomicLong();

    private @Nullable Instant enabledSince;
    private volatile Instant enabledUntil = Instant.MIN;

    public ConnectionLog(Clock clock, LogSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    public synchronized void enable() {
        Instant now = clock.instant();
        if (!enabledAt(now)) {
            enabledSince = now;
        }
        enabledUntil = now.plus(settings.duration());
    }

    /**
     * What {@link #toJson} says, for somebody who looks: while anybody does, an enabled log stays
     * enabled for as long again. One that has run out stays so until it is enabled.
     */
    public synchronized ObjectNode retrieve() {
        if (enabledAt(clock.instant())) {
            enable();
        }
        return toJson();
    }

    public synchronized void reset() {
        rings.values().forEach(Ring::clear);
    }

    public void add(LogEntry entry) {
        ring(entry.category(), entry.type(), entry.level(), entry.address()).add(entry);
    }

    /** Where entries of this kind are kept; for those that add many of them. */
    synchronized Ring ring(
            LogEntry.Category category,
            MetricType type,
            LogEntry.Level level,
            @Nullable String address) {
        return rings.computeIfAbsent(
                new Kind(category, type, level, address), _ -> new Ring(capacity(level)));
    }

    private synchronized void removeOldest() {
        while (bytes.get() > settings.sizeMaxBytes()) {
            rings.values().stream()
                    .min(Comparator.comparingLong(Ring::oldest))
                    .ifPresent(Ring::removeFirst);
        }
    }

    /**
     * {@code {connectionLogs, enabledSince, enabledUntil}}, oldest entry first; the times are
     * absent while disabled.
     */
    public synchronized ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = json.putArray("connectionLogs");
        oldestFirst().forEach(entry -> entries.add(entry.toJson()));
        if (enabledSince != null && enabledAt(clock.instant())) {
            json.put("enabledSince", enabledSince.toString());
            json.put("enabledUntil", enabledUntil.toString());
        }
        return json;
    }

    private List<LogEntry> oldestFirst() {
        return rings.values().stream()
                .flatMap(ring -> ring.all().stream())
                .sorted(Comparator.comparingLong(Placed::nanos))
                .map(Placed::entry)
                .toList();
    }

    /** Whether entries are kept at that time; cheap, so that nobody makes an entry in vain. */
    boolean enabledAt(Instant now) {
        return now.isBefore(enabledUntil);
    }

    private int capacity(LogEntry.Level level) {
        return switch (level) {
            case SUCCESS -> settings.successCapacity();
            case FAILURE -> settings.failureCapacity();
        };
    }
}
