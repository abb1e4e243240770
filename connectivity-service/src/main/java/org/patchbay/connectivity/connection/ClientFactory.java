package org.patchbay.connectivity.connection;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.client.ClientActor;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.client.ClientEnvironment;
import org.patchbay.connectivity.client.host.HostMessage;
import org.patchbay.connectivity.client.host.RemoteClient;
import org.patchbay.connectivity.model.Connection;

/** What runs a connection's clients. */
@FunctionalInterface
interface ClientFactory {

    /**
     * @param host what runs the client on another node; null for one on this node
     */
    Behavior<ClientCommand> client(
            Connection connection, int index, @Nullable ActorRef<HostMessage> host);

    /**
     * @param patience how long another node may take to start a client
     */
    static ClientFactory of(ClientEnvironment environment, Duration patience) {
        return (connection, index, host) ->
                host == null
                        ? ClientActor.create(connection, index, environment)
                        : RemoteClient.create(connection, index, host, patience);
    }
}
