package org.patchbay.connectivity.path;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply;

/** The other connections, as far as one hands responses to them. */
@FunctionalInterface
public interface OtherConnections {

    /** Asks a connection to publish a response; fails where no answer comes in time. */
    CompletionStage<ConnectionReply> ask(String id, ConnectionCommand.TakeResponse response);

    /** The sharded connections of the cluster. */
    static OtherConnections of(ActorSystem<?> system, Duration timeout) {
        Shards shards = Shards.of(system);
        return (id, response) ->
                shards.ask(EntityKind.CONNECTION, id, response, ConnectionReply.class, timeout);
    }
}
