package org.patchbay.connectivity.client.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.patchbay.connectivity.client.ClientCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs clients for the entities of other nodes, one on each node. A client lives no longer than its
 * owner, so that nothing stays of an entity that has moved or whose node is gone; and two with one
 * index never run here side by side, for they would take each other's place at the broker.
 */
public final class ClientHost extends AbstractBehavior<HostMessage> {

    static final ServiceKey<HostMessage> KEY =
            ServiceKey.create(HostMessage.class, "connection-clients");

    private static final Logger LOG = LoggerFactory.getLogger(ClientHost.class);

    private record Slot(String connectionId, int clientIndex) {
        static Slot of(HostMessage.Run run) {
            return new Slot(run.connection().id(), run.clientIndex());
        }
    }

    private record Hosted(ActorRef<ClientCommand> client, ActorRef<ClientCommand> owner) {}

    private sealed interface Event extends HostMessage.Internal {
        record Ended(Slot slot) implements Event {}

        record OwnerGone(Slot slot, ActorRef<ClientCommand> owner) implements Event {}

        record Overdue(Hosted hosted) implements Event {}
    }

    private final Function<HostMessage.Run, Behavior<ClientCommand>> factory;
    private final Duration closeTimeout;
    private final Map<Slot, Hosted> hosted = new HashMap<>();

    /** Who wants a slot whose client is still closing. */
    private final Map<Slot, HostMessage.Run> next = new HashMap<>();

    private final List<ActorRef<Done>> awaitEmpty = new ArrayList<>();
    private boolean leaving;

    private ClientHost(
            ActorContext<HostMessage> context,
            Function<HostMessage.Run, Behavior<ClientCommand>> factory,
            Duration closeTimeout) {
        super(context);
        this.factory = factory;
        this.closeTimeout = closeTimeout;
    }

    /**
     * @param factory makes the client that is wanted
     * @param closeTimeout how long a client may take to close
     */
    public static Behavior<HostMessage> create(
            Function<HostMessage.Run, Behavior<ClientCommand>> factory, Duration closeTimeout) {
        return Behaviors.setup(context -> {
            ActorSystem<?> system = context.getSystem();
            ActorRef<HostMessage> self = context.getSelf();
            system.receptionist().tell(Receptionist.register(KEY, self));
            CoordinatedShutdown.get(system)
                    .addTask(
                            CoordinatedShutdown.PhaseBeforeClusterShutdown(),
                            "clients-of-other-nodes",
                            () ->
                                    AskPattern.ask(
                                                    self,
                                                    HostMessage.Leave::new,
                                                    closeTimeout,
                                                    system.scheduler())
                                            // What does not close in time ends with the node.
                                            .exceptionally(_ -> Done.getInstance()));
            return new ClientHost(context, factory, closeTimeout);
        });
    }

    @Override
    public Receive<HostMessage> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::on).build();
    }

    private Behavior<HostMessage> on(HostMessage message) {
        switch (message) {
            case HostMessage.Run run when leaving ->
                    LOG.atDebug()
                            .addKeyValue("connectionId", run.connection().id())
                            .log("A node that leaves takes no more clients.");
            case HostMessage.Run run -> run(run);
            case HostMessage.Leave(var replyTo) -> {
                leaving = true;
                getContext()
                        .getSystem()
                        .receptionist()
                        .tell(Receptionist.deregister(KEY, getContext().getSelf()));
                next.clear();
                awaitEmpty.add(replyTo);
                List.copyOf(hosted.values()).forEach(this::close);
                answerIfEmpty();
            }
            case Event.Ended(var slot) -> ended(slot);
            case Event.OwnerGone(var slot, var owner) -> ownerGone(slot, owner);
            case Event.Overdue(var late) when hosted.containsValue(late) ->
                    getContext().stop(late.client());
            case HostMessage.Internal _ -> LOG.trace("The client has ended meanwhile.");
        }
        return this;
    }

    private void run(HostMessage.Run run) {
        Slot slot = Slot.of(run);
        getContext().watchWith(run.owner(), new Event.OwnerGone(slot, run.owner()));
        Hosted before = hosted.get(slot);
        if (before == null) {
            start(slot, run);
        } else {
            next.put(slot, run);
            close(before);
        }
    }

    private void start(Slot slot, HostMessage.Run run) {
        ActorRef<ClientCommand> client = getContext().spawnAnonymous(factory.apply(run));
        getContext().watchWith(client, new Event.Ended(slot));
        hosted.put(slot, new Hosted(client, run.owner()));
        run.owner().tell(new HostMessage.Running(client));
    }

    private void close(Hosted one) {
        one.client().tell(new ClientCommand.Move(getContext().getSystem().ignoreRef()));
        getContext().scheduleOnce(closeTimeout, getContext().getSelf(), new Event.Overdue(one));
    }

    private void ended(Slot slot) {
        Hosted gone = hosted.remove(slot);
        if (gone != null) {
            getContext().unwatch(gone.owner());
        }
        HostMessage.Run waiting = next.remove(slot);
        if (waiting != null) {
            start(slot, waiting);
        }
        answerIfEmpty();
    }

    /** What an entity stops without closing it ends at once, wherever it is. */
    private void ownerGone(Slot slot, ActorRef<ClientCommand> owner) {
        HostMessage.Run waiting = next.get(slot);
        if (waiting != null && waiting.owner().equals(owner)) {
            next.remove(slot);
        }
        Hosted one = hosted.get(slot);
        if (one != null && one.owner().equals(owner)) {
            LOG.atInfo()
                    .addKeyValue("connectionId", slot.connectionId())
                    .addKeyValue("client", slot.clientIndex())
                    .log("A client ends with its entity, which was on another node.");
            getContext().stop(one.client());
        }
    }

    private void answerIfEmpty() {
        if (leaving && hosted.isEmpty()) {
            awaitEmpty.forEach(waiting -> waiting.tell(Done.getInstance()));
            awaitEmpty.clear();
        }
    }
}
