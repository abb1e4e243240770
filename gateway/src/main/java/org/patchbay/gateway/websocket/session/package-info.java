/**
 * One client of a WebSocket for as long as it is connected.
 *
 * <p>Start at {@code Session}, the actor. {@code Requests} asks the twins, {@code Subscriptions}
 * holds what the client wants to hear, {@code Outbox} is what waits for it. Frames and routes must
 * not come in.
 */
@NullMarked
package org.patchbay.gateway.websocket.session;

import org.jspecify.annotations.NullMarked;
