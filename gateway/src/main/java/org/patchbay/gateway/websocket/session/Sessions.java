package org.patchbay.gateway.websocket.session;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.patchbay.gateway.websocket.message.SocketProblems;

/** Starts the sessions of a node, and ends them all when it stops. */
public final class Sessions {

    /** What is told to who starts sessions. */
    public sealed interface Command {}

    /** Starts a session; answered with it. */
    public record Start(SessionSetup setup, ActorRef<ActorRef<SessionMessage>> replyTo)
            implements Command {}

    /** Ends those that are there and those to come: the node stops. */
    public record Stop() implements Command {}

    private Sessions() {}

    public static Behavior<Command> create() {
        return Behaviors.setup(context -> taking(context, false));
    }

    private static Behavior<Command> taking(ActorContext<Command> context, boolean stopping) {
        return Behaviors.receiveMessage(command ->
                switch (command) {
                    case Start(var setup, var replyTo) -> {
                        ActorRef<SessionMessage> session =
                                context.spawnAnonymous(Session.create(setup)).narrow();
                        replyTo.tell(session);
                        if (stopping) {
                            end(session);
                        }
                        yield Behaviors.same();
                    }
                    case Stop _ -> {
                        context.getChildren().forEach(child -> end(child.unsafeUpcast()));
                        yield taking(context, true);
                    }
                });
    }

    private static void end(ActorRef<SessionMessage> session) {
        session.tell(new SessionMessage.End(SocketProblems.stopping()));
    }
}
