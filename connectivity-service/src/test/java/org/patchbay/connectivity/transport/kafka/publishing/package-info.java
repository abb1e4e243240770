/** Where messages are published. */
@NullMarked
package org.patchbay.connectivity.transport.kafka.publishing;

import org.jspecify.annotations.NullMarked;
