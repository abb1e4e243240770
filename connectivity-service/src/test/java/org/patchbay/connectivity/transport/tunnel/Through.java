package org.patchbay.connectivity.transport.tunnel;

import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/** A transport whose connections have this tunnel, with the whole way as configured. */
record Through(SshTunnel tunnel, TunnelPermits permits, Transport transport) implements Transport {

    /** To everywhere. */
    Through(SshTunnel tunnel, Transport transport) {
        this(tunnel, new TunnelPermits(_ -> true, _ -> true), transport);
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        return TunnelledClient.of(
                Tunnelled.through(connection, tunnel), permits, context, transport::client);
    }

    @Override
    public TransportClient trial(Connection connection, ClientContext context) {
        throw new UnsupportedOperationException();
    }
}
