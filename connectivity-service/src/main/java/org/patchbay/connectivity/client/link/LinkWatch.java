package org.patchbay.connectivity.client.link;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.monitoring.account.Reason;
import org.patchbay.connectivity.path.inbound.SourceAddresses;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkEvents;
import org.patchbay.protocol.header.Headers;

/** Counts and logs what a link tells, and passes on that it is gone. */
public final class LinkWatch implements LinkEvents {

    private final ConnectionMonitor monitor;
    private final boolean consumes;
    private final SourceAddresses addresses;
    private final Consumer<Failure> lost;
    private volatile String state = "Connected.";
    private volatile @Nullable String tunnel;

    public LinkWatch(Connection connection, ConnectionMonitor monitor, Consumer<Failure> lost) {
        this.monitor = monitor;
        this.consumes = !connection.sources().isEmpty();
        this.addresses =
                SourceAddresses.of(
                        connection.sources().stream()
                                .flatMap(source -> source.addresses().stream())
                                .toList(),
                        monitor);
        this.lost = lost;
    }

    /** How the link is, while it is there. */
    public String state() {
        return state;
    }

    /** Which way its tunnel leads; null while that is not open, or where there is none. */
    @Nullable String tunnel() {
        return tunnel;
    }

    @Override
    public void lost(Failure failure) {
        lost.accept(failure);
    }

    @Override
    public void dropped(String address, String reason) {
        monitor.totals().sources().take().end(Reason.NOT_TAKEN);
        // Without sources a broker may still send what an earlier version of them subscribed.
        Monitor where = consumes ? addresses.monitor(address) : monitor.connection();
        where.failure(MetricType.DROPPED, Headers.EMPTY, null, reason);
    }

    @Override
    public void impaired(String what) {
        state = what;
        monitor.connection().failure(MetricType.OTHER, Headers.EMPTY, null, what);
    }

    @Override
    public void recovered() {
        state = "Connected.";
        monitor.connection()
                .success(MetricType.OTHER, Headers.EMPTY, null, "The link can do all again.");
    }

    @Override
    public void tunnelled(String where) {
        tunnel = where;
        monitor.connection()
                .success(MetricType.OTHER, Headers.EMPTY, null, "The SSH tunnel is open. " + where);
    }
}
