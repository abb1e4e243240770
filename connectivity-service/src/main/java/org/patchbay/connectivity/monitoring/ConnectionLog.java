package org.patchbay.connectivity.monitoring;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log of one client, kept in memory while it is enabled: the last entries of each category, type,
 * level and address, so that a busy address does not push out what another one had to say.
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
    }

    /** Whether entries are kept now; cheap, so that nobody words an entry in vain. */
    public boolean enabled() {
        return enabledAt(clock.instant());
    }

    public void add(LogEntry entry) {
        if (!enabledAt(entry.timestamp())) {
            return;
        }
        Ring ring = new Ring(entry.category(), entry.type(), entry.level(), entry.address());
        synchronized (this) {
            Deque<Numbered> entries = rings.computeIfAbsent(ring, _ -> new ArrayDeque<>());
            if (entries.size() >= capacity(entry.level())) {
                entries.removeFirst();
            }
            entries.addLast(new Numbered(added++, entry));
        }
    }

    /** {@code {connectionLogs, enabledSince, enabledUntil}}, oldest entry first; the times are absent while disabled. */
    public synchronized ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = json.putArray("connectionLogs");
        newestWithinSize().reversed().forEach(entries::add);
        if (enabledSince != null && enabledAt(clock.instant())) {
            json.put("enabledSince", enabledSince.toString());
            json.put("enabledUntil", enabledUntil.toString());
        }
        return json;
    }

    private List<ObjectNode> newestWithinSize() {
        List<Numbered> newestFirst = new ArrayList<>();
        rings.values().forEach(newestFirst::addAll);
        newestFirst.sort(Comparator.comparingLong(Numbered::number).reversed());
        List<ObjectNode> kept = new ArrayList<>();
        long bytes = 0;
        for (Numbered numbered : newestFirst) {
            ObjectNode json = numbered.entry().toJson();
            bytes += json.toString().length();
            if (bytes > settings.sizeMaxBytes()) {
                break;
            }
            kept.add(json);
        }
        return kept;
    }

    private boolean enabledAt(Instant now) {
        return now.isBefore(enabledUntil);
    }

    private int capacity(LogEntry.Level level) {
        return switch (level) {
            case SUCCESS -> settings.successCapacity();
            case FAILURE -> settings.failureCapacity();
        };
    }
}
