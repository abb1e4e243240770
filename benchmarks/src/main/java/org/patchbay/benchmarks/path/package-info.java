/**
 * Figures about messages on their way through Patchbay, measured from outside, over MQTT.
 *
 * <p>Start at {@link org.patchbay.benchmarks.path.PathFigures}; {@code Load} is who publishes,
 * waits and counts.
 */
@NullMarked
package org.patchbay.benchmarks.path;

import org.jspecify.annotations.NullMarked;
