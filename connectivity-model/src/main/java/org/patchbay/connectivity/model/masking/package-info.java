/**
 * Secrets of a connection hidden from who must not see them, and put back when it returns.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.masking.Secrets}. How they are encrypted in
 * the store is the service's business.
 */
@NullMarked
package org.patchbay.connectivity.model.masking;

import org.jspecify.annotations.NullMarked;
