package org.patchbay.connectivity.transport.kafka.consuming;

import java.util.function.BooleanSupplier;
import org.patchbay.connectivity.transport.Inbound;

/**
 * A message on its way into the stream of its source.
 *
 * @param begins asked when the stream takes it out: whether it is still to be handled here
 */
record Handed(Inbound message, BooleanSupplier begins) {}
