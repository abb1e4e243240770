/** Counters, logs and status of a connection; knows nothing of what it counts. */
@NullMarked
package org.patchbay.connectivity.monitoring;

import org.jspecify.annotations.NullMarked;
