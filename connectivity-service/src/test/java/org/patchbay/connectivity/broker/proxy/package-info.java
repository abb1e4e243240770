/**
 * A link that a test can harm, between a client and any broker. Start at {@link
 * org.patchbay.connectivity.broker.proxy.TcpProxy}.
 */
@NullMarked
package org.patchbay.connectivity.broker.proxy;

import org.jspecify.annotations.NullMarked;
