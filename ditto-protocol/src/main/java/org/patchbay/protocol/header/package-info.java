/**
 * What a signal or an external message carries beside its payload.
 *
 * <p>Start at {@link org.patchbay.protocol.header.Headers}; {@code HeaderDefinition} has the names
 * that mean something to us. What a single header means stands with whoever heeds it.
 */
@NullMarked
package org.patchbay.protocol.header;

import org.jspecify.annotations.NullMarked;
