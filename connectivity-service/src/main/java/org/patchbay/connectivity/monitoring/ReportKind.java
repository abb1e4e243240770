package org.patchbay.connectivity.monitoring;

/** What a connection reports about itself. */
public enum ReportKind {
    STATUS,
    METRICS,
    LOGS
}
