/**
 * Who sends messages and counts what comes of them, over whatever transport, and where a process
 * spends its time.
 *
 * <p>Start at {@link org.patchbay.benchmarks.load.Load}; {@code Ends} is what it needs of a
 * transport.
 */
@NullMarked
package org.patchbay.benchmarks.load;

import org.jspecify.annotations.NullMarked;
