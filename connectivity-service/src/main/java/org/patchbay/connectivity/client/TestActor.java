package org.patchbay.connectivity.client;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.connectivity.transport.ClientContext;
import org.patchbay.connectivity.transport.Failure;
import org.patchbay.connectivity.transport.LinkEvents;
import org.patchbay.connectivity.transport.TransportClient;
import org.patchbay.protocol.ProblemException;

/**
 * Tries once whether a connection can be made, without consuming or publishing anything; answers
 * and stops.
 */
public final class TestActor {

    private TestActor() {}

    /** What this actor tells itself. */
    public sealed interface Result {
        /** The attempt is over. */
        record Ended(@Nullable Throwable failure) implements Result {}

        /** The attempt took too long. */
        record TooSlow() implements Result {}
    }

    /** Answers {@link ConnectionReply.Done} or {@link ConnectionReply.Failed}. */
    public static Behavior<Result> create(
            Connection connection,
            ClientEnvironment environment,
            ActorRef<ConnectionReply> replyTo) {
        return Behaviors.setup(context -> {
            TransportClient client;
            try {
                client = client(connection, environment, context);
            } catch (ProblemException e) {
                replyTo.tell(new ConnectionReply.Failed(e.problem()));
                return Behaviors.stopped();
            }
            CompletionStage<Done> attempt = client.connect();
            context.pipeToSelf(attempt, (_, failure) -> new Result.Ended(failure));
            Duration timeout = environment.settings().testTimeout();
            return Behaviors.withTimers(timers -> {
                timers.startSingleTimer(new Result.TooSlow(), timeout);
                return waiting(client, replyTo);
            });
        });
    }

    private static Behavior<Result> waiting(
            TransportClient client, ActorRef<ConnectionReply> replyTo) {
        return Behaviors.receiveMessage(result -> {
            replyTo.tell(reply(result));
            client.close();
            return Behaviors.stopped();
        });
    }

    private static ConnectionReply reply(Result result) {
        return switch (result) {
            case Result.Ended(var failure) when failure == null -> new ConnectionReply.Done();
            case Result.Ended(var failure) ->
                    new ConnectionReply.Failed(Failures.notConnected(Failures.of(failure)));
            case Result.TooSlow _ ->
                    new ConnectionReply.Failed(
                            Failures.notConnected(
                                    Failure.bySystem(
                                            "The endpoint did not answer in time.", null)));
        };
    }

    private static TransportClient client(
            Connection connection, ClientEnvironment environment, ActorContext<Result> context) {
        LinkEvents deaf =
                new LinkEvents() {
                    @Override
                    public void lost(Failure failure) {
                        // The test is over by then.
                    }

                    @Override
                    public void dropped(String address, String reason) {
                        // Nothing is consumed.
                    }
                };
        return environment
                .transports()
                .apply(connection.type())
                .client(
                        connection,
                        new ClientContext(
                                context.getSystem(), 0, environment.allowedFor(connection), deaf));
    }
}
