package org.patchbay.cluster.shard;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Hosts cluster singletons below their root actor and asks them from any node. */
public final class Singletons {

    private Singletons() {}

    /** Starts the singleton's manager as a child of the calling root actor. */
    public static void host(ActorContext<?> root, Singleton singleton, Behavior<Ask> behavior) {
        throw new UnsupportedOperationException(root + singleton.path() + behavior);
    }

    public static <R> CompletionStage<R> ask(
            ActorSystem<?> system, Singleton singleton, Object command, Class<R> reply, Duration timeout) {
        throw new UnsupportedOperationException(system.name() + singleton + command + reply + timeout);
    }
}
