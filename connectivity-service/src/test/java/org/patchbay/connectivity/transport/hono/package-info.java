/** What becomes of a Hono connection, also over a real Kafka. */
@NullMarked
package org.patchbay.connectivity.transport.hono;

import org.jspecify.annotations.NullMarked;
