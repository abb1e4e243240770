package org.patchbay.connectivity.monitoring;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One client's part of a report, merged over the clients by {@link Reports}. */
public record ReportPart(ReportKind kind, ObjectNode json) {}
