package org.patchbay.connectivity.client;

import org.apache.pekko.actor.typed.ActorRef;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.monitoring.ReportKind;
import org.patchbay.connectivity.monitoring.ReportPart;

/**
 * What a connection asks of its client actor. The actor is started with the connection and connects
 * at once; a modified connection gets a new actor after the old one has closed.
 */
public sealed interface ClientCommand {

    /**
     * Answers when the first attempt to connect has succeeded (Done) or failed (Failed); the client
     * goes on trying.
     */
    record AwaitOpen(ActorRef<ConnectionReply> replyTo) implements ClientCommand {}

    /**
     * Somebody wants the connection open now: a client that pauses before its next attempt, or that
     * is not tried again, makes one, the first of a new row. Any other has no need to.
     */
    record TryNow() implements ClientCommand {}

    /** Closes the link, answers Done and stops. */
    record Close(ActorRef<ConnectionReply> replyTo) implements ClientCommand {}

    /**
     * The same, but nobody is told that the connection closes, for it goes on with a client on
     * another node.
     */
    record Move(ActorRef<ConnectionReply> replyTo) implements ClientCommand {}

    /** Answers this client's {@link ReportPart}. */
    record Report(ReportKind kind, ActorRef<ReportPart> replyTo) implements ClientCommand {}

    /**
     * Publishes what another connection diverts to this one. Answers Done when it waits to be
     * published, else Failed, with a status from 500 where trying again may help.
     */
    record TakeResponse(ConnectionCommand.TakeResponse response, ActorRef<ConnectionReply> replyTo)
            implements ClientCommand {}

    record ResetMetrics() implements ClientCommand {}

    record EnableLogs() implements ClientCommand {}

    record ResetLogs() implements ClientCommand {}

    /** For the actor itself: see its package. */
    non-sealed interface Internal extends ClientCommand {}
}
