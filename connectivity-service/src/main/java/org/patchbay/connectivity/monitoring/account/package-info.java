/**
 * The account of every message: who takes a message opens an {@link
 * org.patchbay.connectivity.monitoring.account.Ledger.Entry} for it and ends that once, with one of
 * the {@link org.patchbay.connectivity.monitoring.account.Reason}s. A new way for a message to end
 * is a new row there; a message that ends without one would be in flight for ever, which tests look
 * for.
 */
@NullMarked
package org.patchbay.connectivity.monitoring.account;

import org.jspecify.annotations.NullMarked;
