/**
 * What Patchbay is held against: loops of two clients of a library, where one publishes what the
 * other receives, and acknowledges it when the broker has confirmed that.
 *
 * <p>Start at {@link org.patchbay.benchmarks.bare.BareLoop}, a program of its own.
 */
@NullMarked
package org.patchbay.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
