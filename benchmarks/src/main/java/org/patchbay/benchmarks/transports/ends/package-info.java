/**
 * The two ends of a way over a broker: who sends to it, and who hears what leaves it, by the client
 * library of each type.
 *
 * <p>What several benchmarks need is in {@code load}.
 */
@NullMarked
package org.patchbay.benchmarks.transports.ends;

import org.jspecify.annotations.NullMarked;
