package org.patchbay.connectivity.transport;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.patchbay.protocol.header.Headers;

/**
 * A message to a broker.
 *
 * @param address placeholders resolved; what it may hold besides a topic is the transport's to
 *     document
 * @param headers after header mapping; those that mean something to the transport (content-type,
 *     {@code mqtt.qos}…) it takes as such
 * @param qos of the target, null where the type has none
 */
public record Outbound(
        String address, Headers headers, ByteBuffer payload, @Nullable Integer qos) {}
