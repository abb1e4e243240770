/**
 * What clients of a WebSocket send, read: {@link org.patchbay.gateway.websocket.message.Incoming}
 * makes a text a {@link org.patchbay.gateway.websocket.message.Received}, or the error that says
 * what is wrong with it.
 *
 * <p>Pure functions; sessions, sockets and twins must not come in.
 */
@NullMarked
package org.patchbay.gateway.websocket.message;

import org.jspecify.annotations.NullMarked;
