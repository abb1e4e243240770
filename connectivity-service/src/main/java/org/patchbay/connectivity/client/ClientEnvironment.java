package org.patchbay.connectivity.client;

import com.typesafe.config.Config;
import java.net.InetAddress;
import java.time.Clock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.patchbay.cluster.bus.SignalBus;
import org.patchbay.cluster.devops.DevOps;
import org.patchbay.cluster.label.AckLabels;
import org.patchbay.cluster.twins.Twins;
import org.patchbay.connectivity.Transports;
import org.patchbay.connectivity.client.link.Turns;
import org.patchbay.connectivity.hosts.HostPolicy;
import org.patchbay.connectivity.mapping.threads.MappingThreads;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.ConnectionType;
import org.patchbay.connectivity.model.ConnectionUri;
import org.patchbay.connectivity.model.SshTunnel;
import org.patchbay.connectivity.monitoring.ConnectionMonitor;
import org.patchbay.connectivity.monitoring.LogSettings;
import org.patchbay.connectivity.path.Mappings;
import org.patchbay.connectivity.path.OtherConnections;
import org.patchbay.connectivity.path.PathSettings;
import org.patchbay.connectivity.path.acknowledgement.AckSettings;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Transport;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.connectivity.transport.tunnel.TunnelPermits;
import org.patchbay.connectivity.transport.tunnel.TunnelledClient;

/**
 * All that clients have in common on one node.
 *
 * @param allowed whether a host may be connected to at an address
 * @param labels of acknowledgements, and whose they are
 * @param mappingThreads those of mappers that take their time
 * @param turns of those that connect to the same endpoint
 * @param monitors makes what a client counts and logs with
 * @param instance how this node is named in status reports
 */
public record ClientEnvironment(
        Function<ConnectionType, Transport> transports,
        Mappings mappings,
        Twins twins,
        OtherConnections others,
        SignalBus bus,
        AckLabels labels,
        BiPredicate<String, InetAddress> allowed,
        MappingThreads mappingThreads,
        ClientSettings settings,
        PathSettings pathSettings,
        AckSettings ackSettings,
        Turns turns,
        Function<Connection, ConnectionMonitor> monitors,
        Clock clock,
        String instance) {

    private static final String MAPPING = "patchbay.connectivity.mapping-dispatcher";

    /** What a connection connects to first: the same text for all that connect to the same. */
    static String endpoint(Connection connection) {
        SshTunnel tunnel = connection.sshTunnel();
        ConnectionUri uri = tunnel != null && tunnel.enabled() ? tunnel.uri() : connection.uri();
        return uri.host() + ":" + uri.port();
    }

    /**
     * The connection as it runs, with what its type takes from the installation.
     *
     * @throws org.patchbay.protocol.ProblemException where this version can't connect it
     */
    public Connection running(Connection connection) {
        return transports.apply(connection.type()).running(connection);
    }

    /**
     * A client for this connection, not connected yet.
     *
     * @throws org.patchbay.protocol.ProblemException where this version can't connect it
     */
    TransportClient client(Connection connection, ClientContext context) {
        SshTunnel tunnel = connection.sshTunnel();
        String server = tunnel == null ? "" : tunnel.uri().host();
        var permits =
                new TunnelPermits(
                        address -> allowed.test(server, address),
                        HostPolicy.of(context.system())::allowsBeyondTunnel);
        return TunnelledClient.of(
                connection, permits, context, transports.apply(connection.type())::client);
    }

    /** The environment of a node, as configured. */
    public static ClientEnvironment of(
            ActorSystem<?> system, Mappings mappings, BiPredicate<String, InetAddress> allowed) {
        Config config = system.settings().config();
        ClientSettings settings = ClientSettings.of(config);
        PathSettings path = PathSettings.of(config);
        LogSettings logs = LogSettings.of(config);
        Clock clock = Clock.systemUTC();
        return new ClientEnvironment(
                new Transports(config)::of,
                mappings,
                Twins.of(system, path.askTimeout()),
                OtherConnections.of(system, path.askTimeout()),
                SignalBus.of(system),
                AckLabels.of(system),
                allowed,
                MappingThreads.of(
                        system.dispatchers().lookup(DispatcherSelector.fromConfig(MAPPING)),
                        config.getInt(MAPPING + ".thread-pool-executor.fixed-pool-size")),
                settings,
                path,
                AckSettings.of(config),
                new Turns(settings.connectingAtOnceMax()),
                connection -> new ConnectionMonitor(connection, clock, logs),
                clock,
                DevOps.of(system).instance());
    }
}
