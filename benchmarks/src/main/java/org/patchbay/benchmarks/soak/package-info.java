/**
 * Minutes of a target that takes a tenth of what comes: what becomes of the heap, of the messages
 * and of the neighbours. Start at {@code Soak}.
 */
@NullMarked
package org.patchbay.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
