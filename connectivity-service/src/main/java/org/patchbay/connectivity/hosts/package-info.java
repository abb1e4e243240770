/**
 * Which hosts connections may reach, with name resolution: the model's rules as this node is
 * configured.
 *
 * <p>Start at {@link org.patchbay.connectivity.hosts.HostPolicy}. Asked when a connection is
 * created or modified, and again about each address that is really connected to.
 */
@NullMarked
package org.patchbay.connectivity.hosts;

import org.jspecify.annotations.NullMarked;
