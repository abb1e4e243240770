/**
 * The way out: from the signal bus through filter, extra fields, mapping and address to the broker.
 *
 * <p>Start at {@link org.patchbay.connectivity.path.outbound.OutboundPath}, one for a link, and
 * {@code TargetPath}, the way of one signal; what a target gets to see says {@code cluster}'s
 * {@code SubscriptionFilter}.
 */
@NullMarked
package org.patchbay.connectivity.path.outbound;

import org.jspecify.annotations.NullMarked;
