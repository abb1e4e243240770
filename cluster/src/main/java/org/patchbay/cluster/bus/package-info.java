/**
 * The signal bus: what twins and connections publish reaches each interested node once, and there
 * the subscribers whose interest matches.
 *
 * <p>Start at {@link org.patchbay.cluster.bus.SignalBus}. Node to node is at most once; who needs
 * certainty requests acknowledgements.
 */
@NullMarked
package org.patchbay.cluster.bus;

import org.jspecify.annotations.NullMarked;
