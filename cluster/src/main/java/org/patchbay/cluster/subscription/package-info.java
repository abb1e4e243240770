/**
 * What a subscriber, a target or a WebSocket, gets to see of what is on the bus: the kinds and
 * namespaces it wants, what its subjects may read, what its filter lets pass, the extra fields it
 * asks for.
 *
 * <p>Start at {@link org.patchbay.cluster.subscription.SubscriptionFilter}, a pure function of one
 * publication. How a signal goes on from here, over which transport and as which message, must not
 * come in.
 */
@NullMarked
package org.patchbay.cluster.subscription;

import org.jspecify.annotations.NullMarked;
