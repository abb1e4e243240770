package org.patchbay.connectivity.client.host;

import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.model.Connection;

/** What is asked of a node that runs clients for entities of other nodes. */
public sealed interface HostMessage {

    /**
     * Runs a client for as long as its owner is there, and tells the owner {@link Running}. One of
     * the same connection and index that is still there ends first.
     */
    record Run(Connection connection, int clientIndex, ActorRef<ClientCommand> owner)
            implements HostMessage {}

    /**
     * The node takes no more clients and closes those that it has; answers when they have ended.
     */
    record Leave(ActorRef<Done> replyTo) implements HostMessage {}

    /** For the host itself. */
    non-sealed interface Internal extends HostMessage {}

    /** Where the client is that its owner wanted. */
    record Running(ActorRef<ClientCommand> client) implements ClientCommand.Internal {}
}
