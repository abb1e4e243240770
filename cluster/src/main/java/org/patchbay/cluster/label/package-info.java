/**
 * Which subscriber issues which acknowledgement: a label is one subscriber's in the whole cluster.
 *
 * <p>Start at {@link org.patchbay.cluster.label.AckLabels}. Nothing is replicated: each node knows
 * what its own subscribers have declared, and a new declaration asks all the others. Collecting
 * acknowledgements is the business of {@code acknowledgement}.
 */
@NullMarked
package org.patchbay.cluster.label;

import org.jspecify.annotations.NullMarked;
