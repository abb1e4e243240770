/**
 * The way to sharded entities: {@link org.patchbay.cluster.shard.Shards} asks a connection, a thing
 * or a policy by its id, from any node.
 */
@NullMarked
package org.patchbay.cluster.shard;

import org.jspecify.annotations.NullMarked;
