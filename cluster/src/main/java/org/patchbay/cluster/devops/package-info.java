/**
 * What an operator asks of nodes: log levels, configuration, health, namespaces. Start at {@link
 * org.patchbay.cluster.devops.DevOps}, which asks the nodes of a service; one {@code DevOpsActor} a
 * node answers. No HTTP and no envelopes of commands here: these are the gateway's.
 */
@NullMarked
package org.patchbay.cluster.devops;

import org.jspecify.annotations.NullMarked;
