/**
 * The way to things and policies for signals from outside, of a connection's source or of a
 * WebSocket: {@link org.patchbay.cluster.twins.IncomingSignals} says which may come at all, {@link
 * org.patchbay.cluster.twins.Twins} asks the entity they are about.
 *
 * <p>What a document may hold and who may see it is the twin's to decide, not this package's.
 */
@NullMarked
package org.patchbay.cluster.twins;

import org.jspecify.annotations.NullMarked;
