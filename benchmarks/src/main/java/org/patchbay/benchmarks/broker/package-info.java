/**
 * Real brokers to measure with: those that are installed, started as processes of their own, and
 * some in the load's JVM.
 *
 * <p>Start at {@link org.patchbay.benchmarks.broker.Broker}.
 */
@NullMarked
package org.patchbay.benchmarks.broker;

import org.jspecify.annotations.NullMarked;
