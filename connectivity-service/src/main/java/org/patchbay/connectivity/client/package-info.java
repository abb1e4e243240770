/**
 * The life of a client: {@code ClientActor} is the one reconnect state machine for all transports;
 * it owns connecting, back-off, misconfigured versus failed, testing, status, metrics and logs. A
 * {@code link} is what it makes and loses; {@code ClientParts} is what stays.
 */
@NullMarked
package org.patchbay.connectivity.client;

import org.jspecify.annotations.NullMarked;
