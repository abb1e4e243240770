/** What the library is told of brokers that are reached by a detour. */
@NullMarked
package org.patchbay.connectivity.transport.kafka.way;

import org.jspecify.annotations.NullMarked;
