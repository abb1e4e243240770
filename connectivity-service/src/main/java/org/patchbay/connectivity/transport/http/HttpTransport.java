package org.patchbay.connectivity.transport.http;

import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/** HTTP push: each message is a request. */
public final class HttpTransport implements Transport {

    private final HttpConfig config;

    public HttpTransport(HttpConfig config) {
        this.config = config;
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        return new HttpTransportClient(connection, context, config);
    }

    /** Connecting sends nothing, so that a client leaves nothing behind. */
    @Override
    public TransportClient trial(Connection connection, ClientContext context) {
        HttpSession.of(connection, context, config).close();
        return new HttpTransportClient(connection, context, config);
    }
}
