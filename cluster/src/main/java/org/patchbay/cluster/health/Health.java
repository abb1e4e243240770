package org.patchbay.cluster.health;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** The health of this node: parts that services register, asked when somebody wants to know. */
public interface Health {

    enum Status {
        UP,
        DOWN
    }

    /** One part, such as the store or the cluster membership; with a reason where it is down. */
    record Part(Status status, String detail) {}

    static Health of(ActorSystem<?> system) {
        throw new UnsupportedOperationException(system.name());
    }

    void register(String part, Supplier<CompletionStage<Part>> check);

    /** All parts; one that does not answer in time is down. */
    CompletionStage<Map<String, Part>> check();
}
