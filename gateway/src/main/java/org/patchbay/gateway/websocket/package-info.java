/**
 * The WebSocket at {@code /ws/2}: Ditto Protocol both ways, and what is subscribed to.
 *
 * <p>{@link org.patchbay.gateway.websocket.WebSocketRoutes} opens a socket; from then on a {@code
 * Session}, an actor, is all there is to it. What a client sends is read in {@code message}, which
 * knows neither actors nor twins. {@code Frames} connects a session with Pekko's stream of
 * messages.
 *
 * <p>Who gets to see what is decided in {@code cluster}'s {@code subscription}, not here.
 */
@NullMarked
package org.patchbay.gateway.websocket;

import org.jspecify.annotations.NullMarked;
