/**
 * The way in: consume, map, enforce, map headers, authorise, dispatch, settle.
 *
 * <p>Start at {@link org.patchbay.connectivity.path.inbound.InboundPath}, the streams, and {@code
 * SourcePath}, the way of one message; {@code InboundStages} holds its pure stages, {@code
 * Dispatcher} asks the twin.
 */
@NullMarked
package org.patchbay.connectivity.path.inbound;

import org.jspecify.annotations.NullMarked;
