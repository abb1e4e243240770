/**
 * One node of a cluster, from its configuration to its actor system. Start at {@link
 * org.patchbay.cluster.node.Node}; what runs on a node is decided by who starts it. Which settings
 * are secrets stands in {@link org.patchbay.cluster.SecretKeys}.
 */
@NullMarked
package org.patchbay.cluster.node;

import org.jspecify.annotations.NullMarked;
