package org.patchbay.connectivity.monitoring;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.Headers;

/** Counts and logs what happens at one address of a connection. */
public final class Monitor {

    private final Clock clock;
    private final LogEntry.Category category;
    private final @Nullable String address;
    private final ConnectionMetrics.@Nullable Meter meter;
    private final ConnectionLog log;

    /** Those that were needed. */
    private final Map<MetricType, ConnectionLog.Ring> successes = new ConcurrentHashMap<>();

    private final Map<MetricType, ConnectionLog.Ring> failures = new ConcurrentHashMap<>();

    /**
     * A monitor.
     *
     * @param meter null for what is logged only
     */
    public Monitor(
            Clock clock,
            LogEntry.Category category,
            @Nullable String address,
            ConnectionMetrics.@Nullable Meter meter,
            ConnectionLog log) {
        this.clock = clock;
        this.category = category;
        this.address = address;
        this.meter = meter;
        this.log = log;
    }

    public void success(
            MetricType type, Headers headers, @Nullable String entityId, String message) {
        record(type, LogEntry.Level.SUCCESS, headers, entityId, message);
    }

    public void failure(
            MetricType type, Headers headers, @Nullable String entityId, String message) {
        record(type, LogEntry.Level.FAILURE, headers, entityId, message);
    }

    private void record(
            MetricType type,
            LogEntry.Level level,
            Headers headers,
            @Nullable String entityId,
            String message) {
        Instant now = clock.instant();
        if (meter != null) {
            meter.count(type, level == LogEntry.Level.SUCCESS, now);
        }
        if (log.enabledAt(now)) {
            ring(type, level)
                    .add(
                            new LogEntry(
                                    now,
                                    category,
                                    type,
                                    level,
                                    message,
                                    headers.correlationId(),
                                    address,
                                    entityId));
        }
    }

    private ConnectionLog.Ring ring(MetricType type, LogEntry.Level level) {
        var rings = level == LogEntry.Level.SUCCESS ? successes : failures;
        ConnectionLog.Ring known = rings.get(type);
        return known == null
                ? rings.computeIfAbsent(type, _ -> log.ring(category, type, level, address))
                : known;
    }
}
