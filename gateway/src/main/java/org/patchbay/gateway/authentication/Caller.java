package org.patchbay.gateway.authentication;

import java.net.InetAddress;
import org.patchbay.protocol.header.Headers;

/**
 * Who wants to come in: what it says of itself, and where it comes from.
 *
 * @param address of the client, not of a proxy before us
 */
public record Caller(Headers headers, InetAddress address) {}
