/**
 * What a client keeps of what it consumes, whatever the protocol's version: an {@code Inbox} for
 * each source, what is subscribed to for all of them, and who has settled a message that several of
 * them got. Nothing here knows of links.
 */
@NullMarked
package org.patchbay.connectivity.transport.mqtt.consuming;

import org.jspecify.annotations.NullMarked;
