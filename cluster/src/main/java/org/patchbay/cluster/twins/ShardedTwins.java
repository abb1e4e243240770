package org.patchbay.cluster.twins;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.cluster.shard.EntityKind;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.protocol.Signal;
import org.patchbay.protocol.TopicPath.Group;

/** The entities of the cluster, wherever they run. */
record ShardedTwins(Shards shards, Duration timeout) implements Twins {

    @Override
    public CompletionStage<Signal> ask(SignalRequest request) {
        Signal signal = request.signal();
        EntityKind kind =
                signal.topic().group() == Group.POLICIES ? EntityKind.POLICY : EntityKind.THING;
        return shards.ask(kind, signal.entityId(), request, Signal.class, timeout);
    }

    @Override
    public CompletionStage<SignalAnswers> ask(SignalWindow window) {
        String id = window.requests().getFirst().signal().entityId();
        return shards.ask(EntityKind.THING, id, window, SignalAnswers.class, timeout);
    }
}
