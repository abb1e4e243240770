/**
 * The edge: HTTP and WebSocket, authentication, piggyback. Translates and asks; owns no state, and
 * nothing depends on it.
 */
@NullMarked
package org.patchbay.gateway;

import org.jspecify.annotations.NullMarked;
