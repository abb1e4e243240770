/**
 * Namespaces whose things and policies nobody may reach for a while, because their data is being
 * erased. {@link org.patchbay.cluster.namespace.BlockedNamespaces} knows them on every node; who
 * blocks and erases is {@code devops}'s business, and {@code shard} is where it is looked at.
 */
@NullMarked
package org.patchbay.cluster.namespace;

import org.jspecify.annotations.NullMarked;
