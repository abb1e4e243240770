package org.patchbay.connectivity.transport.kafka.way;

import javax.net.ssl.SSLEngine;

/** Makes the engines between a client and its sockets. */
@FunctionalInterface
public interface Engines {

    /** One for a socket that is connected to this host and port. */
    SSLEngine to(String host, int port);
}
