package org.patchbay.connectivity.path.publishing;

import org.patchbay.connectivity.monitoring.MetricType;
import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.protocol.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the connection's log and in the program's that messages are not taken.
 *
 * @param outlet what it is a way out of, in words
 */
public record TroubleLog(Monitor monitor, String connectionId, String outlet)
        implements Outlet.Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(TroubleLog.class);

    @Override
    public void failing(Outlet.Trouble trouble) {
        monitor.failure(MetricType.OTHER, Headers.EMPTY, null, trouble.description());
        LOG.atWarn()
                .addKeyValue("connectionId", connectionId)
                .addKeyValue("outlet", outlet)
                .addKeyValue("attempt", trouble.failures())
                .addKeyValue("pauseMs", trouble.pause().toMillis())
                .addKeyValue("reason", trouble.reason())
                .log("Messages are not taken; publishing pauses.");
    }

    @Override
    public void recovered(int failures) {
        monitor.success(
                MetricType.OTHER,
                Headers.EMPTY,
                null,
                "Publishing works again after " + failures + " failed attempts.");
        LOG.atInfo()
                .addKeyValue("connectionId", connectionId)
                .addKeyValue("outlet", outlet)
                .log("Messages are taken again.");
    }
}
