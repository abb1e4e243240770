package org.patchbay.connectivity.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.client.ClientCommand;
import org.patchbay.connectivity.client.host.HostMessage;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.problems.ConnectionProblems;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.Failed;
import org.patchbay.connectivity.monitoring.ReportPart;

/** Clients that do as they are told and count themselves. */
final class FakeClients implements ClientFactory {

    private enum Step {
        STARTED,
        CLOSING,
        ENDED
    }

    private record Fail() implements ClientCommand.Internal {}

    private record GoOn() implements ClientCommand.Internal {}

    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final Queue<ActorRef<ClientCommand>> refs = new ConcurrentLinkedQueue<>();
    private volatile boolean hold;
    volatile boolean unreachable;

    int started() {
        return count(Step.STARTED);
    }

    int closing() {
        return count(Step.CLOSING);
    }

    int running() {
        return started() - count(Step.ENDED);
    }

    void holdClosing() {
        hold = true;
    }

    void letClose() {
        hold = false;
        refs.forEach(ref -> ref.tell(new GoOn()));
    }

    void failOne() {
        refs.forEach(ref -> ref.tell(new Fail()));
    }

    private int count(Step step) {
        return (int) Stream.of(steps.toArray()).filter(step::equals).count();
    }

    @Override
    public Behavior<ClientCommand> client(
            Connection connection, int index, @Nullable ActorRef<HostMessage> host) {
        return Behaviors.setup(context -> {
            steps.add(Step.STARTED);
            refs.add(context.getSelf());
            return Behaviors.receive(ClientCommand.class)
                    .onAnyMessage(this::on)
                    .onSignal(
                            PostStop.class,
                            _ -> {
                                steps.add(Step.ENDED);
                                return Behaviors.same();
                            })
                    .build();
        });
    }

    private Behavior<ClientCommand> on(ClientCommand command) {
        return switch (command) {
            case ClientCommand.AwaitOpen(var replyTo) -> {
                replyTo.tell(
                        unreachable
                                ? new Failed(ConnectionProblems.failed("an-id", "no."))
                                : new ConnectionReply.Done());
                yield Behaviors.same();
            }
            case ClientCommand.Close _ -> {
                steps.add(Step.CLOSING);
                yield hold ? Behaviors.same() : Behaviors.stopped();
            }
            case ClientCommand.Report(var kind, var replyTo) -> {
                replyTo.tell(new ReportPart(kind, JsonNodeFactory.instance.objectNode()));
                yield Behaviors.same();
            }
            case Fail _, GoOn _ -> Behaviors.stopped();
            default -> Behaviors.same();
        };
    }
}
