package org.patchbay.connectivity.transport;

import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What a transport may need of its surroundings.
 *
 * @param clientIndex which of the connection's clients this is, from 0
 * @param lost tells the client actor that the link is gone; called once a loss, from any thread
 */
public record ClientContext(
        ActorSystem<?> system, int clientIndex, java.util.function.Consumer<Failure> lost) {}
