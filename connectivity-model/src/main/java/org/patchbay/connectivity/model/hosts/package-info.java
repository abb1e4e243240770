/**
 * Which hosts a connection may reach: the rules without name resolution, which the service adds.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.hosts.HostRules}.
 */
@NullMarked
package org.patchbay.connectivity.model.hosts;

import org.jspecify.annotations.NullMarked;
