package org.patchbay.connectivity.monitoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.Source;
import org.patchbay.connectivity.model.Target;
import org.patchbay.connectivity.model.option.DeadLetterOptions;
import org.patchbay.connectivity.monitoring.account.PathTotals;

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

    /** The client's part of the metrics report. */
    public ObjectNode metricsReport() {
        ObjectNode json = metrics.toJson();
        json.set("outcomes", totals.toJson());
        return json;
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

    /** Of the dead letters of a connection that has an address for them. */
    public Monitor deadLetters() {
        return target(ConnectionMetrics.DEAD_LETTERS);
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
        Stream<String> own =
                DeadLetterOptions.areWanted(connection)
                        ? Stream.of(ConnectionMetrics.DEAD_LETTERS)
                        : Stream.of();
        return Stream.concat(connection.targets().stream().map(Target::address), own)
                .distinct()
                .toList();
    }
}
