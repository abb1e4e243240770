/**
 * Hono connections: where this installation's Hono is, read from the configuration.
 *
 * <p>What is made of it stands in the model, in {@code HonoPresets}.
 */
@NullMarked
package org.patchbay.connectivity.hono;

import org.jspecify.annotations.NullMarked;
