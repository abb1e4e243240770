package org.patchbay.connectivity.transport;

import org.patchbay.connectivity.model.Connection;

/** One kind of endpoint: makes clients for connections of its type. */
public interface Transport {

    /**
     * The connection as it runs, with all that its type takes from the installation. Everything
     * that acts for a connection acts for this one.
     */
    default Connection running(Connection connection) {
        return connection;
    }

    /**
     * A client for this connection, not connected yet.
     *
     * @param connection validated, as it runs, its uri pointing to where to connect
     */
    TransportClient client(Connection connection, ClientContext context);

    /**
     * A client to try a connection out with: it takes no other client's place at the broker, gets
     * no message that another one would have got, and leaves nothing behind.
     *
     * @throws Failure where the connection's options can't be read
     */
    TransportClient trial(Connection connection, ClientContext context);
}
