/**
 * Dead letters: messages that could not be handled, published as they came to an address of their
 * connection's, with the reason in headers.
 *
 * <p>Start at {@link org.patchbay.connectivity.path.deadletter.DeadLetters}. Which ends of a
 * message make it a dead letter stands in {@link
 * org.patchbay.connectivity.monitoring.account.Reason}; who ends a message decides whether it may
 * be published, not this folder.
 */
@NullMarked
package org.patchbay.connectivity.path.deadletter;

import org.jspecify.annotations.NullMarked;
