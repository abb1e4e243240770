/**
 * What a connection is: its configuration as records that need no I/O and know no actors.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.Connection}. Rooms: {@code vocabulary} holds
 * what one says to and about connections, {@code json} how they are written, {@code validation}
 * what may be wrong with them, {@code problems} how that is told, {@code credentials} and {@code
 * hosts} what they are let in with and where to.
 */
@NullMarked
package org.patchbay.connectivity.model;

import org.jspecify.annotations.NullMarked;
