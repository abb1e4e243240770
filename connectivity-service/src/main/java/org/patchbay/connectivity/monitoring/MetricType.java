package org.patchbay.connectivity.monitoring;

import java.util.List;
import java.util.Locale;

/** What is counted for each address; the names and the order are those of the metrics report. */
public enum MetricType {
    CONSUMED,
    DISPATCHED,
    FILTERED,
    MAPPED,
    OTHER,
    DROPPED,
    ENFORCED,
    PUBLISHED,
    ACKNOWLEDGED,
    THROTTLED;

    /** What a source counts. */
    public static final List<MetricType> INBOUND =
            List.of(CONSUMED, MAPPED, OTHER, DROPPED, ENFORCED, ACKNOWLEDGED, THROTTLED);

    /** What a target and the responses count. */
    public static final List<MetricType> OUTBOUND =
            List.of(DISPATCHED, FILTERED, MAPPED, OTHER, DROPPED, PUBLISHED, ACKNOWLEDGED);

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
