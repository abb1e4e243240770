package org.patchbay.connectivity.transport.tunnel;

import java.net.InetAddress;
import java.util.function.Predicate;

/**
 * What the policy for hosts says of a tunnel.
 *
 * @param server whether its SSH server may be connected to at an address
 * @param destination whether a host may be reached through it, by its name alone: its addresses
 *     belong to the network at the other end
 */
public record TunnelPermits(Predicate<InetAddress> server, Predicate<String> destination) {}
