/** AMQP 1.0 held to the transport contract, and what only it has, with a broker in this JVM. */
@NullMarked
package org.patchbay.connectivity.transport.amqp10;

import org.jspecify.annotations.NullMarked;
