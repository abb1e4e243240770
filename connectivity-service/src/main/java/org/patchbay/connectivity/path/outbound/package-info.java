/**
 * The way out: from the signal bus through filter, extra fields, mapping and address to the broker.
 *
 * <p>Start at {@link org.patchbay.connectivity.path.outbound.OutboundPath}, one for a link, and
 * {@code TargetPath}, the way of one signal; {@code TargetFilter} says what a target gets to see.
 */
@NullMarked
package org.patchbay.connectivity.path.outbound;

import org.jspecify.annotations.NullMarked;
