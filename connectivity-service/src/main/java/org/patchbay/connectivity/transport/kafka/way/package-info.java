/**
 * The way to the brokers of Kafka: directly, or by a detour such as a tunnel.
 *
 * <p>A Kafka client connects to whatever addresses the brokers name, and there is no way to tell it
 * that they are reached otherwise. By a detour it is therefore told other addresses: an engine
 * between it and its socket, where else TLS alone has its place, reads the brokers' answers and
 * puts the beginning of the detour into those that name brokers. Start at {@link
 * org.patchbay.connectivity.transport.kafka.way.Way}, then {@code AddressEngine}.
 */
@NullMarked
package org.patchbay.connectivity.transport.kafka.way;

import org.jspecify.annotations.NullMarked;
