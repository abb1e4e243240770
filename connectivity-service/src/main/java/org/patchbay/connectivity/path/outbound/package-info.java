/**
 * The way out: from the signal bus through filter, extra fields, mapping and address to the broker.
 *
 * <p>Start at {@link org.patchbay.connectivity.path.outbound.OutboundPath}, one for a link, and
 * {@code TargetPath}, the way of one signal; {@code Takers} knows which of the targets make
 * something of it, and whose acknowledgement need not be waited for. What a target gets to see says
 * {@code cluster}'s {@code SubscriptionFilter}.
 */
@NullMarked
package org.patchbay.connectivity.path.outbound;

import org.jspecify.annotations.NullMarked;
