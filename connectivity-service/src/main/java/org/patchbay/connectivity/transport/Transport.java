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
}
