/** What is settled of a partition. */
@NullMarked
package org.patchbay.connectivity.transport.kafka.consuming;

import org.jspecify.annotations.NullMarked;
