/**
 * The life of a link: {@code ClientActor} is the one reconnect state machine for all transports; it
 * owns connecting, back-off, misconfigured versus failed, testing, status, metrics and logs.
 */
@NullMarked
package org.patchbay.connectivity.client;

import org.jspecify.annotations.NullMarked;
