package org.patchbay.connectivity;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.cluster.shard.Ask;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.cluster.shard.Singleton;
import org.patchbay.cluster.shard.Singletons;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;
import org.patchbay.protocol.Signal;

/** What runs on a node of these tests: connectivity, and things that take in everything. */
final class ConnectivityNode {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** What the things of all nodes of this JVM were told. */
    private final Queue<Signal> taken = new ConcurrentLinkedQueue<>();

    Behavior<Void> guardian() {
        return Behaviors.setup(context -> {
            Shards.host(context.getSystem(), EntityKind.THING, (_, _) -> thing());
            context.spawn(ConnectivityRoot.create(), "connectivityRoot");
            return Behaviors.empty();
        });
    }

    private Behavior<Ask> thing() {
        return Behaviors.receiveMessage(ask -> {
            ask.replyTo()
                    .tell(
                            ask.command() instanceof SignalWindow window
                                    ? new SignalAnswers(
                                            window.requests().stream().map(this::take).toList())
                                    : take((SignalRequest) ask.command()));
            return Behaviors.same();
        });
    }

    private Signal take(SignalRequest request) {
        Signal signal = request.signal();
        taken.add(signal);
        return signal.respond(204, signal.headers(), null);
    }

    List<Signal> taken() {
        return List.copyOf(taken);
    }

    static ConnectionReply ask(ActorSystem<?> node, String id, ConnectionCommand command) {
        return await(asked(node, id, command));
    }

    /** As {@link #ask}, without waiting: commands come in the order in which they are asked. */
    static CompletableFuture<ConnectionReply> asked(
            ActorSystem<?> node, String id, ConnectionCommand command) {
        return Shards.of(node)
                .ask(EntityKind.CONNECTION, id, command, ConnectionReply.class, TIMEOUT)
                .toCompletableFuture();
    }

    static List<String> ids(ActorSystem<?> node) {
        return await(
                        Singletons.ask(
                                        node,
                                        Singleton.CONNECTION_IDS,
                                        new ConnectionIdsQuery.All(),
                                        ConnectionIdsQuery.Ids.class,
                                        TIMEOUT)
                                .toCompletableFuture())
                .ids();
    }

    static String liveStatus(ActorSystem<?> node, String id) {
        return switch (ask(node, id, new ConnectionCommand.RetrieveStatus())) {
            case ConnectionReply.Report(var json) -> json.path("liveStatus").asText();
            case ConnectionReply other -> other.toString();
        };
    }

    /** Whether the connection's entity runs on this node. */
    static boolean hosts(ActorSystem<?> node, String id) {
        var state =
                await(
                        AskPattern.ask(
                                        ClusterSharding.get(node).shardState(),
                                        (ActorRef<CurrentShardRegionState> replyTo) ->
                                                new GetShardRegionState(
                                                        EntityKind.CONNECTION.typeKey(), replyTo),
                                        TIMEOUT,
                                        node.scheduler())
                                .toCompletableFuture());
        return state.getShards().stream().anyMatch(shard -> shard.getEntityIds().contains(id));
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(TIMEOUT.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
