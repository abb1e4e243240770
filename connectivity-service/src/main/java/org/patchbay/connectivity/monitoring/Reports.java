package org.patchbay.connectivity.monitoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.patchbay.connectivity.model.Connection;

/** Status, metrics and logs of a connection, merged from its clients' parts, as the HTTP API writes them. */
public final class Reports {

    private Reports() {}

    /**
     * Merges the parts into one report.
     *
     * @param parts empty for a connection that is closed
     */
    public static ObjectNode merge(ReportKind kind, Connection connection, List<ReportPart> parts) {
        throw new UnsupportedOperationException(connection.id() + kind + parts);
    }
}
