/**
 * What every node shares, whatever its roles: the way to entities ({@code shard}), the signal bus
 * ({@code bus}), what those outside have to do with it ({@code subscription}, {@code
 * acknowledgement}, {@code label}, {@code twins}), serialization with explicit names ({@code
 * wire}), the store's wiring ({@code store}) and health ({@code health}).
 *
 * <p>Knows the protocol and Pekko; knows nothing of connections, twins or HTTP.
 */
@NullMarked
package org.patchbay.cluster;

import org.jspecify.annotations.NullMarked;
