package org.patchbay.cluster.twins;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.patchbay.cluster.SignalAnswers;
import org.patchbay.cluster.SignalRequest;
import org.patchbay.cluster.SignalWindow;
import org.patchbay.cluster.shard.Shards;
import org.patchbay.protocol.Signal;

/** The things and policies, as far as those outside talk to them. */
@FunctionalInterface
public interface Twins {

    /** Asks the entity that the signal is about; fails where no answer comes in time. */
    CompletionStage<Signal> ask(SignalRequest request);

    /**
     * Asks the thing that all signals of the window are about; fails where no answer comes in time.
     */
    default CompletionStage<SignalAnswers> ask(SignalWindow window) {
        return ask(window.requests().getFirst())
                .thenApply(answer -> new SignalAnswers(List.of(answer)));
    }

    /** The sharded entities of the cluster. */
    static Twins of(ActorSystem<?> system, Duration timeout) {
        return new SeveralThings(new ShardedTwins(Shards.of(system), timeout));
    }
}
