package org.patchbay.connectivity.connection;

import org.apache.pekko.actor.typed.Behavior;
import org.patchbay.connectivity.client.ClientActor;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.client.ClientEnvironment;
import org.patchbay.connectivity.model.Connection;

/** What runs a connection's clients. */
@FunctionalInterface
interface ClientFactory {

    Behavior<ClientCommand> client(Connection connection, int index);

    static ClientFactory of(ClientEnvironment environment) {
        return (connection, index) -> ClientActor.create(connection, index, environment);
    }
}
