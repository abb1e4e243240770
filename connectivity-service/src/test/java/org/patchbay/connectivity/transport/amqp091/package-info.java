/** AMQP 0.9.1 held to the transport contract, and what only it has, with two brokers. */
@NullMarked
package org.patchbay.connectivity.transport.amqp091;

import org.jspecify.annotations.NullMarked;
