/**
 * The index of connection ids: a cluster singleton that knows which connections there are, feeds on
 * what their entities tell, and wakes open ones that do not run.
 *
 * <p>Start at {@link org.patchbay.connectivity.ids.ConnectionIds}. It knows entities only by the
 * few messages of {@link org.patchbay.connectivity.ids.IdsMessage}.
 */
@NullMarked
package org.patchbay.connectivity.ids;

import org.jspecify.annotations.NullMarked;
