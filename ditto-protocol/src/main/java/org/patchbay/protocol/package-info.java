/**
 * The language everything in Patchbay speaks: Ditto Protocol.
 *
 * <p>Start at {@link org.patchbay.protocol.Signal}, the one record that carries every command,
 * event, message, response and acknowledgement; {@link org.patchbay.protocol.Envelope} reads and
 * writes its JSON. Errors are {@link org.patchbay.protocol.Problem} values. Nothing here knows
 * actors, connections or storage.
 */
@NullMarked
package org.patchbay.protocol;

import org.jspecify.annotations.NullMarked;
