/** Tests of one link to an AMQP 1.0 broker, without a broker. */
@NullMarked
package org.patchbay.connectivity.transport.amqp10.link;

import org.jspecify.annotations.NullMarked;
