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
import org.jspecify.annotations.Nullable;

/**
 * The log of one client, kept in memory while it is enabled: the last entries of each category,
 * type, level and address, so that a busy address does not push out what another one had to say.
 */
public final class ConnectionLog {

    private record Ring(
            LogEntry.Category category,
            MetricType type,
            LogEntry.Level level,
            @Nullable String address) {}

    /** Entries of one moment keep their order, too. */
    private record Numbered(long number, LogEntry entry) {}

    private final Clock clock;
    private final LogSettings settings;
    private final Map<Ring, Deque<Numbered>> rings = new HashMap<>();
    private long added;
    private long bytes;
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

    public synchronized void reset() {
        rings.clear();
        bytes = 0;
    }

    public void add(LogEntry entry) {
        if (!enabledAt(entry.timestamp())) {
            return;
        }
        Ring ring = new Ring(entry.category(), entry.type(), entry.level(), entry.address());
        synchronized (this) {
            Deque<Numbered> entries = rings.computeIfAbsent(ring, _ -> new ArrayDeque<>());
            if (entries.size() >= capacity(entry.level())) {
                bytes -= entries.removeFirst().entry().sizeBytes();
            }
            entries.addLast(new Numbered(added++, entry));
            bytes += entry.sizeBytes();
            while (bytes > settings.sizeMaxBytes()) {
                removeOldest();
            }
        }
    }

    private void removeOldest() {
        Deque<Numbered> oldest = null;
        for (Deque<Numbered> entries : rings.values()) {
            Numbered first = entries.peekFirst();
            if (first != null && (oldest == null || first.number() < oldest.getFirst().number())) {
                oldest = entries;
            }
        }
        if (oldest != null) {
            bytes -= oldest.removeFirst().entry().sizeBytes();
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
                .flatMap(Deque::stream)
                .sorted(Comparator.comparingLong(Numbered::number))
                .map(Numbered::entry)
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
