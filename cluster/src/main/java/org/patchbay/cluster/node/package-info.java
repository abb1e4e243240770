/**
 * One node of a cluster, from its configuration to its actor system. Start at {@link
 * org.patchbay.cluster.node.Node}; what runs on a node is decided by who starts it.
 */
@NullMarked
package org.patchbay.cluster.node;

import org.jspecify.annotations.NullMarked;
