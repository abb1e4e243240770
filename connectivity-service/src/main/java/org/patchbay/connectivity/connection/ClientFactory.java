package org.patchbay.connectivity.connection;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.patchbay.connectivity.client.ClientActor;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.client.ClientEnvironment;
import org.patchbay.connectivity.client.TestActor;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;

/** What runs a connection's clients. */
interface ClientFactory {

    Behavior<ClientCommand> client(Connection connection, int index);

    /** Starts a child that connects once, answers and stops. */
    void test(
            ActorContext<Object> parent, Connection connection, ActorRef<ConnectionReply> replyTo);

    static ClientFactory of(ClientEnvironment environment) {
        return new ClientFactory() {
            @Override
            public Behavior<ClientCommand> client(Connection connection, int index) {
                return ClientActor.create(connection, index, environment);
            }

            @Override
            public void test(
                    ActorContext<Object> parent,
                    Connection connection,
                    ActorRef<ConnectionReply> replyTo) {
                parent.spawnAnonymous(TestActor.create(connection, environment, replyTo));
            }
        };
    }
}
