package org.patchbay.cluster.twins;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Group;

/** The things and policies, as far as those outside talk to them. */
@FunctionalInterface
public interface Twins {

    /** Asks the entity that the signal is about; fails where no answer comes in time. */
    CompletionStage<Signal> ask(SignalRequest request);

    /** The sharded entities of the cluster. */
    static Twins of(ActorSystem<?> system, Duration timeout) {
        Shards shards = Shards.of(system);
        return new SeveralThings(request -> {
            Signal signal = request.signal();
            boolean policy = signal.topic().group() == Group.POLICIES;
            EntityKind kind = policy ? EntityKind.POLICY : EntityKind.THING;
            return shards.ask(kind, signal.entityId(), request, Signal.class, timeout);
        });
    }
}
