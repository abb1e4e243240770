package org.patchbay.connectivity.transport.tunnel;

import java.util.function.Predicate;
import org.patchbay.connectivity.broker.SshServer;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;

/**
 * A transport whose clients all go through a tunnel, to see that it makes no difference to them.
 *
 * @param beyond whether a host may be reached through it
 */
public record Tunnelled(Transport transport, SshServer server, Predicate<String> beyond)
        implements Transport {

    /** With all hosts beyond. */
    public Tunnelled(Transport transport, SshServer server) {
        this(transport, server, _ -> true);
    }

    @Override
    public TransportClient client(Connection connection, ClientContext context) {
        var permits = new TunnelPermits(address -> context.allowed().test("", address), beyond);
        return TunnelledClient.of(
                through(connection, server.tunnel()), permits, context, transport::client);
    }

    @Override
    public TransportClient trial(Connection connection, ClientContext context) {
        var permits = new TunnelPermits(address -> context.allowed().test("", address), beyond);
        return TunnelledClient.of(
                through(connection, server.tunnel()), permits, context, transport::trial);
    }

    /** The connection with this tunnel. */
    public static Connection through(Connection connection, SshTunnel tunnel) {
        return connection.with(
                connection.uri(), connection.specificConfig(), tunnel, connection.credentials());
    }
}
