package org.patchbay.connectivity.client.host;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.model.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for a client on another node: has it run there, passes on what it is told, and ends
 * when the client or its node does. That the client ends with it is up to its {@link ClientHost}.
 */
public final class RemoteClient {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteClient.class);

    /** More than anybody asks of one client before it runs. */
    private static final int WAITING_MAX = 1_000;

    private record Overdue() implements ClientCommand.Internal {}

    private RemoteClient() {}

    /**
     * @param patience how long the host may take to start the client
     */
    public static Behavior<ClientCommand> create(
            Connection connection, int clientIndex, ActorRef<HostMessage> host, Duration patience) {
        return Behaviors.setup(context ->
                Behaviors.withStash(
                        WAITING_MAX,
                        waiting ->
                                Behaviors.withTimers(timers -> {
                                    timers.startSingleTimer(new Overdue(), patience);
                                    context.watch(host);
                                    host.tell(
                                            new HostMessage.Run(
                                                    connection, clientIndex, context.getSelf()));
                                    return starting(context, waiting, connection.id(), clientIndex);
                                })));
    }

    private static Behavior<ClientCommand> starting(
            ActorContext<ClientCommand> context,
            StashBuffer<ClientCommand> waiting,
            String connectionId,
            int clientIndex) {
        return Behaviors.receive(ClientCommand.class)
                .onMessage(
                        HostMessage.Running.class,
                        running -> {
                            context.watch(running.client());
                            return waiting.unstashAll(running(running.client()));
                        })
                .onMessage(
                        Overdue.class,
                        _ -> {
                            LOG.atWarn()
                                    .addKeyValue("connectionId", connectionId)
                                    .addKeyValue("client", clientIndex)
                                    .log("Another node did not start a client in time.");
                            return Behaviors.stopped();
                        })
                .onAnyMessage(command -> {
                    if (!waiting.isFull()) {
                        waiting.stash(command);
                    }
                    return Behaviors.same();
                })
                .onSignal(Terminated.class, _ -> Behaviors.stopped())
                .build();
    }

    private static Behavior<ClientCommand> running(ActorRef<ClientCommand> client) {
        return Behaviors.receive(ClientCommand.class)
                .onMessage(Overdue.class, _ -> Behaviors.same())
                .onAnyMessage(command -> {
                    client.tell(command);
                    return Behaviors.same();
                })
                .onSignal(Terminated.class, _ -> Behaviors.stopped())
                .build();
    }
}
