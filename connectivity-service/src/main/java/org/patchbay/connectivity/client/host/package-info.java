/**
 * Clients on other nodes than their connection's entity: {@code Placement} says which client runs
 * where, {@code ClientNodes} knows the nodes, {@code ClientHost} runs clients for the entities of
 * other nodes, and {@code RemoteClient} stands in for such a client where its entity is.
 */
@NullMarked
package org.patchbay.connectivity.client.host;

import org.jspecify.annotations.NullMarked;
