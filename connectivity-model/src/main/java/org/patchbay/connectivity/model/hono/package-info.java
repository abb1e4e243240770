/**
 * Hono connections: presets that make of the few words an operator writes the Kafka connection that
 * runs.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.hono.HonoPresets}. Where the settings come
 * from is the service's business.
 */
@NullMarked
package org.patchbay.connectivity.model.hono;

import org.jspecify.annotations.NullMarked;
