/** Kafka held to the transport contract, and what only it has, with an embedded broker. */
@NullMarked
package org.patchbay.connectivity.transport.kafka;

import org.jspecify.annotations.NullMarked;
