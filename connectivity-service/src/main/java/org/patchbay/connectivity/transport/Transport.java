package org.patchbay.connectivity.transport;

import org.patchbay.connectivity.model.Connection;

/** One kind of endpoint: makes clients for connections of its type. */
public interface Transport {

    /**
     * A client for this connection, not connected yet.
     *
     * @param connection validated, its uri pointing to where to connect
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
