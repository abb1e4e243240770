package org.patchbay.connectivity.path.inbound;

import org.patchbay.connectivity.monitoring.Monitor;
import org.patchbay.connectivity.monitoring.account.Ledger;
import org.patchbay.connectivity.transport.Inbound;

/** A message that was taken from a broker, with its account and where it is counted. */
record Arrival(Inbound inbound, Ledger.Entry account, Monitor monitor) {}
