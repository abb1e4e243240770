/** Figures about managing connections, measured from outside, over HTTP. */
@NullMarked
package org.patchbay.benchmarks.connections;

import org.jspecify.annotations.NullMarked;
