package org.patchbay.connectivity.monitoring;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.Target;

/** All that one client counts and logs, by address. */
public final class ConnectionMonitor {

    private final Clock clock;
    private final ConnectionMetrics metrics;
    private final ConnectionLog log;
    private final PathTotals totals = new PathTotals();

    public ConnectionMonitor(Connection connection, Clock clock, LogSettings settings) {
        this.clock = clock;
        this.metrics =
                new ConnectionMetrics(
                        clock, sourceAddresses(connection), targetAddresses(connection));
        this.log = new ConnectionLog(clock, settings);
        log.enable();
    }

    public ConnectionMetrics metrics() {
        return metrics;
    }

    public ConnectionLog log() {
        return log;
    }

    public PathTotals totals() {
        return totals;
    }

    public Monitor connection() {
        return new Monitor(clock, LogEntry.Category.CONNECTION, null, null, log);
    }

    public Monitor source(String address) {
        return new Monitor(clock, LogEntry.Category.SOURCE, address, metrics.source(address), log);
    }

    public Monitor target(String address) {
        return new Monitor(clock, LogEntry.Category.TARGET, address, metrics.target(address), log);
    }

    public Monitor responses() {
        return new Monitor(
                clock,
                LogEntry.Category.RESPONSE,
                ConnectionMetrics.RESPONSES,
                metrics.responses(),
                log);
    }

    private static List<String> sourceAddresses(Connection connection) {
        Stream<Source> sources = connection.sources().stream();
        return sources.flatMap(source -> source.addresses().stream()).distinct().toList();
    }

    private static List<String> targetAddresses(Connection connection) {
        return connection.targets().stream().map(Target::address).distinct().toList();
    }
}
